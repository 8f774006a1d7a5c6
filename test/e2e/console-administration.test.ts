import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { bearer, newAccount, PASSWORD, type Account } from "../support/accounts.ts";
import { hasBrowser, launch, signIn, withConsole, type Console } from "../support/console.ts";
import { newBytes, publish, uploadBody } from "../support/publish.ts";
import { ownStack } from "../support/own-stack.ts";
import type { TestStack } from "../support/stack.ts";

const browserTest = test.skipIf(!hasBrowser);

let browser: Browser;
beforeAll(async () => {
  if (hasBrowser) browser = await launch();
});
afterAll(() => browser?.close());

const ownServer = ownStack({ ADMIN_PASSWORD: PASSWORD });

/** The console of an administrator who is signed in, beside an ordinary account. */
async function asAdministrator(work: (admin: Console, stack: TestStack, user: Account) => Promise<void>) {
  const stack = ownServer();
  const user = await newAccount(stack);
  await withConsole(browser, stack, async (admin) => {
    await signIn(admin, "admin", PASSWORD);
    await work(admin, stack, user);
    expect(admin.troubles).toEqual([]);
  });
}

browserTest("a key is made, works as long as it is there, and is revoked", async () => {
  await asAdministrator(async ({ page }, stack) => {
    const begin = async (key: string, software: string) => {
      const json = uploadBody(newBytes(), { software, version: "1.0.0" });
      return (await stack.request("/api/v1/uploads", { json, headers: { "x-api-key": key } })).status;
    };
    const use = async (key: string) => {
      const answer = await fetch(`${stack.url}/api/v1/api-keys/current`, { headers: { "X-API-Key": key } });
      return { status: answer.status, body: (await answer.json()) as unknown };
    };
    await page.getByRole("link", { name: "Create an API key" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Name").fill("Build server");
    await dialog.getByLabel("read private software").check();
    // One is there, and chosen from the list; the other, which is not there yet, is typed.
    await publish(stack, { software: "omega", version: "0.9.0" });
    await dialog.getByLabel("Only for this software").pressSequentially("ome");
    await page.locator('[role="option"][data-highlighted]', { hasText: "omega" }).waitFor();
    await page.keyboard.press("Enter");
    await dialog.getByText("Chosen: omega", { exact: true }).waitFor();
    await page.keyboard.type("omega-tools, slip");
    await page.keyboard.press("Tab");
    await dialog.getByText("Chosen: omega, omega-tools, slip", { exact: true }).waitFor();
    await dialog.getByLabel("Only for this software").press("Backspace");
    await page.keyboard.press("Backspace");
    await dialog.getByLabel("Expires").fill("2100-01-31");
    await dialog.getByRole("button", { name: "Create a key" }).click();
    const key = await dialog.getByRole("region", { name: "The new key" }).innerText();
    const command = await dialog.getByRole("region", { name: "A command that uses it" }).innerText();
    expect(command).toContain(`export SLIPWAY_API_KEY=${key}\n`);
    expect(command).toMatch(/\nnpx slipway publish build\.zip --version 1\.0\.0 --software omega$/);
    await dialog.getByText("This key may publish and change packages, read private software.").waitFor();
    await dialog.getByText(/^Runs in the folder of Slipway's sources\./).waitFor();
    expect(await use(key)).toEqual({
      status: 200,
      body: {
        id: expect.any(String),
        scopes: ["packages:write", "packages:read"],
        software: ["omega", "omega-tools"],
      },
    });
    expect([await begin(key, "omega-tools"), await begin(key, "alpha")]).toEqual([201, 403]);
    await page.keyboard.press("Escape");
    await dialog.getByRole("button", { name: "I have copied it" }).click();
    await dialog.waitFor({ state: "detached" });
    expect(await page.content()).not.toContain(key);
    await page.reload();
    await page.getByRole("row").filter({ hasText: "Build server" }).getByText("omega, omega-tools").waitFor();
    expect(await page.content()).not.toContain(key);

    await page.getByRole("button", { name: "Revoke Build server" }).click();
    await page
      .getByRole("dialog")
      .getByText(`beginning with ${key.slice(0, 10)}`)
      .waitFor();
    await page.getByRole("dialog").getByRole("button", { name: "Revoke" }).click();
    await page.getByText("The key Build server is revoked", { exact: true }).first().waitFor();
    await page.getByText("There are no keys yet").waitFor();
    expect((await use(key)).status).toBe(401);
  });
});

browserTest("the log is filtered by level, and followed as it grows", async () => {
  await asAdministrator(async ({ page }, stack, user) => {
    const refused = async () => {
      const answer = await stack.request("/api/admin/stats", { headers: bearer(user.token) });
      expect(answer.status).toBe(403);
      return answer.headers.get("x-request-id") ?? "";
    };
    const before = await refused();
    await stack.runCron("* * * * *");
    await page.goto("/console/logs");
    await page.getByLabel("Level").click();
    await page.getByRole("option", { name: "WARNING" }).click();
    await page.getByText(before).waitFor();
    expect(new URL(page.url()).search).toBe("?level=WARNING");
    const levels = page.getByRole("table").getByRole("row").getByText("INFO");
    expect(await levels.count()).toBe(0);

    await page.getByRole("switch", { name: "Follow" }).click();
    const after = await refused();
    await stack.runCron("* * * * *");
    await page.getByText(after).waitFor({ timeout: 20_000 });
    expect(new URL(page.url()).search).toBe("?level=WARNING&follow=1");

    const downloading = page.waitForEvent("download");
    await page.getByRole("button", { name: "Download", exact: true }).click();
    expect((await downloading).suggestedFilename()).toMatch(/^system-\d{4}-\d\d-\d\d\.jsonl$/);
  });
});

browserTest("somebody who is disabled is signed out, and the audit says by whom", async () => {
  await asAdministrator(async ({ page }, stack, user) => {
    await withConsole(browser, stack, async (theirs) => {
      await signIn(theirs, user.username, PASSWORD);
      const { username } = user;
      await page.goto(`/console/users?search=${username}`);
      await page.getByRole("link", { name: username, exact: true }).click();
      await page.getByRole("button", { name: "Disable" }).click();
      await page.getByRole("dialog").getByText(`${username} is signed out everywhere at once`).waitFor();
      await page.getByRole("dialog").getByRole("button", { name: "Disable" }).click();
      await page.getByText(`${username} is disabled and signed out`, { exact: true }).first().waitFor();
      await page.getByText("Disabled", { exact: true }).waitFor();

      await theirs.page.goto("/console/account");
      await theirs.page.getByRole("heading", { name: "Sign in to Slipway" }).waitFor();
      await theirs.page.getByLabel("User name or e-mail").fill(username);
      await theirs.page.getByLabel("Password").fill(PASSWORD);
      await theirs.page.getByRole("button", { name: "Sign in" }).click();
      await theirs.page.getByRole("alert").waitFor();
    });
    await page.goto("/console/audit?action=user.change");
    const row = page.getByRole("row").filter({ hasText: user.id });
    await row.getByRole("link", { name: "admin" }).waitFor();
  });
});

browserTest("everybody's money is looked through, by kind and by a user who is found by name", async () => {
  await asAdministrator(async ({ page }, stack, user) => {
    const other = await newAccount(stack);
    for (const [{ id }, balance] of [[user, "7.25"] as const, [other, "3.50"] as const]) {
      await page.goto(`/console/users/${id}`);
      await page.getByLabel("Balance").fill(balance);
      await page.getByRole("button", { name: "Save" }).click();
      await page
        .getByText(/is updated$/)
        .first()
        .waitFor();
    }
    await page.goto("/console/records");
    const amounts = () => page.getByRole("row").getByText(/^\+/).allInnerTexts();
    await page.getByText("+7.25").waitFor();
    expect(await amounts()).toEqual(["+3.50", "+7.25"]);

    await page.getByLabel("User", { exact: true }).click();
    await page.getByPlaceholder("Name or e-mail").fill(user.username);
    await page.getByRole("option", { name: user.username }).click();
    await page.getByText("+3.50").waitFor({ state: "detached" });
    expect(await amounts()).toEqual(["+7.25"]);
    await page.goto(`/console/records?user=${user.id}&kind=charge`);
    await page.getByText("No records").waitFor();
    await page.getByRole("button", { name: "Show everything" }).click();
    await page.getByText("+3.50").waitFor();
  });
});

browserTest("somebody is invited, found in the command palette, and made an administrator", async () => {
  await asAdministrator(async ({ page }, stack) => {
    await page.goto("/console/users?invite=1");
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("User name").fill("Dora");
    await dialog.getByLabel("E-mail").fill("dora@example.com");
    await dialog.getByRole("button", { name: "Create the account" }).click();
    const invitation = await dialog.getByRole("region", { name: "Invitation" }).innerText();
    const password = /Password: (\S+)/.exec(invitation)?.[1] ?? "";
    // What is shown this once does not go by mistake.
    await page.keyboard.press("Escape");
    await dialog.getByRole("button", { name: "Done" }).click();
    await withConsole(browser, stack, async (theirs) => {
      await signIn(theirs, "Dora", password);
      await theirs.page.getByRole("heading", { name: "Overview", level: 1 }).waitFor();
    });

    await page.keyboard.press("Control+k");
    await page.getByRole("dialog").getByPlaceholder("Search or go to …").fill("dora@");
    await page.getByRole("option", { name: "Dora" }).click();
    await page.getByRole("heading", { name: "Dora", level: 1 }).waitFor();
    await page.getByRole("button", { name: "Make an administrator" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Make an administrator" }).click();
    await page.getByText("Dora is an administrator now", { exact: true }).first().waitFor();
    await page.getByText("Administrator", { exact: true }).waitFor();
  });
});

browserTest("somebody is invited as an administrator, and is one at once", async () => {
  await asAdministrator(async ({ page, troubles }, _stack, user) => {
    await page.goto("/console/users?invite=1");
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("User name").fill(user.username);
    await dialog.getByLabel("E-mail").fill("eve@example.com");
    await dialog.getByLabel("Role").click();
    await page.getByRole("option", { name: "Administrator" }).click();
    await dialog.getByRole("button", { name: "Create the account" }).click();
    await dialog.getByRole("alert").waitFor();
    expect(troubles.splice(0)).toEqual([expect.stringContaining("status of 409")]);
    await dialog.getByLabel("User name").fill("Eve");
    await dialog.getByRole("button", { name: "Create the account" }).click();
    await dialog.getByRole("button", { name: "Done" }).click();
    const row = page.getByRole("row");
    const theirs = row.filter({ hasText: "Eve" });
    await theirs.getByText("Administrator").waitFor();
    const id = (await theirs.getByRole("link").first().getAttribute("href"))?.split("/").at(-1) ?? "no link";
    await page.goto("/console/audit?action=user.register");
    await row.filter({ hasText: id }).getByRole("link", { name: "admin" }).waitFor();
  });
});

browserTest("health shows the checks, the ledger, and when each job last succeeded", async () => {
  await asAdministrator(async ({ page }, stack) => {
    await stack.runCron("* * * * *");
    await page.goto("/console/health");
    const checks = page.getByRole("region", { name: "Checks" });
    await checks.getByText("Database").waitFor();
    expect(await checks.getByText("broken").count()).toBe(0);
    await page.getByText("All money adds up").waitFor();
    const jobs = page.getByRole("region", { name: "Jobs" });
    await jobs.getByText(/Cron was last seen/).waitFor();
    await jobs
      .getByRole("row")
      .filter({ hasText: "further-digests" })
      .getByText(/ago|now/)
      .waitFor();
  });
});
