import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { bearer, newAccount, PASSWORD } from "../support/accounts.ts";
import {
  asAdministrator,
  type Console,
  expectSound,
  hasBrowser,
  launch,
  signIn,
  told,
  views,
  withConsole,
} from "../support/console.ts";
import { ownStack } from "../support/own-stack.ts";
import { checkPath } from "../support/private-software.ts";
import { listed, newBytes, publish } from "../support/publish.ts";
import { startRollout } from "../support/rollouts.ts";

const browserTest = test.skipIf(!hasBrowser);

let browser: Browser;
beforeAll(async () => {
  if (hasBrowser) browser = await launch();
});
afterAll(() => browser?.close());

const stack = ownStack({ ADMIN_PASSWORD: PASSWORD });

browserTest("software is made private, which refuses a check without a key, and public again", async () => {
  await publish(stack(), { software: "secret", version: "2.0.0" });
  const check = async () => (await stack().request(checkPath("secret"))).status;
  await asAdministrator(browser, stack(), async (open) => {
    const { page } = open;
    await page.goto("/console/software/secret");
    await page.getByRole("button", { name: "Make private" }).click();
    const dialog = page.getByRole("dialog", { name: "Make secret private?" });
    await dialog.getByRole("button", { name: "Cancel" }).click();
    await dialog.waitFor({ state: "detached" });
    expect(await check()).toBe(200);

    await page.getByRole("button", { name: "Make private" }).click();
    await dialog.getByRole("button", { name: "Make private" }).click();
    await told(open, "secret is private now");
    expect(await check()).toBe(401);
    await page.goto("/console/software?visibility=private");
    await page.getByRole("row").filter({ hasText: "Private" }).getByRole("link", { name: "secret" }).click();

    await page.getByRole("button", { name: "Make public" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Make public" }).click();
    await told(open, "secret is public now");
    expect(await check()).toBe(200);
  });
});

browserTest("software is added as private, before anything of it is published", async () => {
  await asAdministrator(browser, stack(), async (open) => {
    const { page, troubles } = open;
    await page.goto("/console/software");
    await page.getByRole("button", { name: "Add software" }).click();
    const form = page.getByRole("dialog", { name: "Add software" });
    await form.getByLabel("Name in URLs").fill("no/name");
    await form.getByRole("button", { name: "Add software" }).click();
    await form.getByRole("alert").waitFor();
    expect(troubles.splice(0)).toEqual([expect.stringContaining("status of 4")]);
    await form.getByLabel("Name in URLs").fill("upcoming");
    await form.getByRole("button", { name: "Add software" }).click();
    await told(open, "upcoming is added");
    await page.waitForURL("**/console/software/upcoming");
    await page.getByText("Private", { exact: true }).waitFor();
    expect((await stack().request(checkPath("upcoming"))).status).toBe(401);
  });
});

browserTest("software is named and described for people, and keeps its address", async () => {
  for (const software of ["plain", "other"]) await publish(stack(), { software, version: "1.0.0" });
  await asAdministrator(browser, stack(), async (open) => {
    const { page, troubles } = open;
    const form = page.getByRole("dialog", { name: "Name and describe plain" });
    await page.goto("/console/software/plain");
    await page.getByRole("button", { name: "Edit" }).click();
    await form.getByLabel("Full name").fill("OTHER");
    await form.getByRole("button", { name: "Save" }).click();
    await form.getByRole("alert").waitFor();
    expect(troubles.splice(0)).toEqual([expect.stringContaining("status of 4")]);
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Edit" }).click();
    expect(await form.getByRole("alert").count()).toBe(0);
    expect(await form.getByLabel("Full name").inputValue()).toBe("plain");
    await form.getByLabel("Full name").fill("朴素 Studio");
    await form.getByLabel("Description").fill("Draws lines");
    await form.getByRole("button", { name: "Save" }).click();
    await told(open, "朴素 Studio is saved");
    await page.getByText("Draws lines").waitFor();
    await page.goto("/console/software");
    await page.getByRole("row").filter({ hasText: "朴素 Studio" }).getByRole("link").first().click();
    await page.waitForURL("**/console/software/plain");
  });
});

browserTest("a file is yanked and deleted, then its software with all that goes with it", async () => {
  for (const platform of ["windows", "linux"]) {
    await publish(stack(), { software: "doomed", version: "1.0.0", platform }, newBytes(2048));
  }
  await publish(stack(), { software: "doomed", version: "1.1.0", platform: "macos" });
  await startRollout(stack(), "doomed", "1.1.0", 10);
  const offered = async (platform: string) => {
    const path = checkPath("doomed", { current_version: "0.1.0", platform, arch: "x64" });
    return (await stack().request<{ has_update?: boolean }>(path)).body.has_update === true;
  };
  await asAdministrator(browser, stack(), async (open) => {
    const { page } = open;
    const dialog = page.getByRole("dialog");
    await page.goto("/console/software/doomed/1.0.0");
    await page.getByRole("button", { name: /^Yank: .*linux/ }).click();
    await dialog.getByRole("button", { name: "Yank" }).click();
    await page.getByRole("button", { name: /^Offer again: .*linux/ }).waitFor();
    expect([await offered("linux"), await offered("windows")]).toEqual([false, true]);

    await page.getByRole("button", { name: /^Delete: .*linux/ }).click();
    await dialog.getByRole("button", { name: "Delete" }).click();
    await told(open, "doomed-v1.0.0-full-linux-x64.zip is deleted");
    await page.getByRole("button", { name: /^Delete: .*linux/ }).waitFor({ state: "detached" });
    const names = (await listed(stack(), "doomed")).map(({ package_name }) => package_name);
    expect(names.map((name) => /linux|windows|macos/.exec(name)?.[0])).toEqual(["windows"]);

    await page.getByRole("link", { name: "doomed", exact: true }).click();
    await page.getByRole("button", { name: "Delete software" }).click();
    await dialog.getByText(/^2 versions and 2 packages \(.*KiB\) go with it.*1 open rollout ends/s).waitFor();
    await dialog.getByRole("button", { name: "Delete software" }).click();
    await told(open, "doomed is deleted");
    await page.getByRole("heading", { name: "Software", level: 1 }).waitFor();
    expect(await page.getByRole("link", { name: "doomed" }).count()).toBe(0);
    expect(await offered("windows")).toBe(false);
  });
});

browserTest(
  "the dialogs of software and files are sound in both languages, on a desk and on a phone",
  async () => {
    await publish(stack(), { software: "drawn", version: "1.0.0" });
    for (const view of views) {
      const work = async (open: Console) => {
        await signIn(open, "admin", PASSWORD);
        for (const [path, button] of [
          ["/console/software", "#content button"],
          ["/console/software/drawn", "#content section header button"],
          ["/console/software/drawn/1.0.0", "#content li button:visible"],
        ] as const) {
          await open.page.goto(path);
          await open.page.locator(button).first().click();
          await open.page.getByRole("dialog").getByRole("textbox").first().waitFor();
          await expectSound(open, view, `the dialog of ${path}`);
        }
      };
      await withConsole(browser, stack(), work, view);
    }
  },
);

browserTest("software is found among more than a hundred, wherever it is looked for", async () => {
  await publish(stack(), { software: "oldest", version: "1.0.0" });
  await publish(stack(), { software: "oldest", version: "1.2.0" });
  for (let index = 0; index < 101; index++) {
    const json = { visibility: "private" };
    await stack().request(`/api/v1/software/more-${index}`, { method: "PUT", json, asPublisher: true });
  }
  await asAdministrator(browser, stack(), async (open) => {
    const { page } = open;
    const admin = bearer((await newAccount(stack(), "admin")).token);
    await page.goto("/console/software");
    await page.getByLabel("Name").fill("OLDEST");
    const row = page.getByRole("row").filter({ hasText: "oldest" });
    await row.waitFor();
    expect(new URL(page.url()).search).toBe("?search=OLDEST");
    await page.reload();
    await row.waitFor();

    await page.keyboard.press("Control+k");
    await page.getByRole("dialog").getByPlaceholder("Search or go to …").fill("oldest 1.2");
    await page.getByRole("option", { name: "oldest 1.2.0" }).click();
    await page.getByRole("heading", { name: "1.2.0", level: 1 }).waitFor();

    await page.goto("/console/statistics?software=more-7");
    await page.getByLabel("Software", { exact: true }).click();
    await page.getByPlaceholder("Name of the software").fill("olde");
    await page.getByRole("option", { name: "oldest" }).click();
    await page.waitForURL("**/console/statistics?software=oldest");

    await page.goto("/console/rollouts/new");
    await page.getByLabel("Software", { exact: true }).fill("oldest");
    await page.locator('datalist option[value="oldest"]').waitFor({ state: "attached" });
    await page.locator('datalist option[value="1.2.0"]').waitFor({ state: "attached" });

    const path = "/api/v1/software?search=oldest";
    const found = await stack().request<{ items: { akey: string }[] }>(path, { asPublisher: true });
    const json = { name: "Record", software_akey: found.body.items[0]?.akey };
    expect((await stack().request("/api/v1/appwares", { json, headers: admin })).status).toBeLessThan(300);
    await page.goto("/console/catalogue");
    await page.getByRole("row").filter({ hasText: "Record" }).getByRole("link", { name: "oldest" }).click();
    await page.waitForURL("**/console/software/oldest");
  });
});
