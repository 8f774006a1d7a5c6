import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { pages } from "../../functions/console/pages.ts";
import { type Account, newAccount, PASSWORD } from "../support/accounts.ts";
import {
  type Console,
  expectSound,
  follow,
  hasBrowser,
  launch,
  signIn,
  type View,
  views,
  visit,
  withConsole,
} from "../support/console.ts";
import { ownStack } from "../support/own-stack.ts";
import { publish } from "../support/publish.ts";
import { withStack } from "../support/stack.ts";

const browserTest = test.skipIf(!hasBrowser);
if (!hasBrowser) process.stderr.write("test/e2e/console.test.ts is skipped: there is no Chromium\n");
const LONG = 600_000;

let browser: Browser;
beforeAll(async () => {
  if (hasBrowser) browser = await launch();
});
afterAll(() => browser?.close());

const stack = ownStack({ ADMIN_PASSWORD: PASSWORD });
/** Pages without parameters; what follows them opens from there. */
const paths = pages.filter(({ path }) => !path.includes(":")).map(({ path }) => path);

const phone = { language: "en", theme: "light", width: 390 } as const;

const inConsole = (work: (open: Console) => Promise<void>, view?: View) =>
  withConsole(browser, stack(), work, view);

/** Two windows, and the account of a user. */
async function inTwoConsoles(work: (one: Console, other: Console, user: Account) => Promise<void>) {
  const user = await newAccount(stack());
  await inConsole((one) => inConsole((other) => work(one, other, user)));
}

browserTest(
  "every page is sound in both languages, light and dark, on a desk and on a phone",
  async () => {
    for (const [index, view] of views.entries()) {
      const open = index === 0 ? visit : follow;
      await inConsole(async (console) => {
        await visit(console, "/console/sign-in", view);
        await signIn(console, "admin", PASSWORD);
        for (const path of [...paths, "/console/no-such-page"]) await open(console, path, view);
        await console.page.keyboard.press("Control+k");
        await console.page.getByRole("dialog").getByRole("option").first().waitFor();
        await expectSound(console, view, "the command palette");
      }, view);
    }
  },
  LONG,
);

browserTest("the first load is less than 250 KiB, whether compressed in the new way or the old", async () => {
  for (const encodings of ["gzip, deflate, br", "gzip"]) {
    await inConsole(async (open) => {
      const { page } = open;
      let bytes = 0;
      const network = await page.context().newCDPSession(page);
      await network.send("Network.enable");
      await network.send("Network.setExtraHTTPHeaders", { headers: { "accept-encoding": encodings } });
      network.on("Network.loadingFinished", ({ encodedDataLength }) => (bytes += encodedDataLength));
      await signIn(open, "admin", PASSWORD);
      // The overview loads more than any single page; a browser that is signed in and has kept nothing of it gets this.
      await network.send("Network.clearBrowserCache");
      bytes = 0;
      await page.reload();
      await page.getByRole("heading", { level: 1 }).waitFor();
      await page.waitForFunction(() => document.querySelector('[aria-busy="true"]') === null);
      expect(bytes).toBeGreaterThan(100 * 1024);
      expect(bytes).toBeLessThan(250 * 1024);
    });
  }
});

browserTest("a link leads to where it should by way of signing in, and signing out ends that", async () => {
  await inConsole(async ({ page, troubles }) => {
    await page.goto("/console/account?tab=1");
    await page.getByLabel("User name or e-mail").fill("admin");
    await page.getByLabel("Password").fill(PASSWORD);
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Your account", level: 1 }).waitFor();
    expect(new URL(page.url()).pathname + new URL(page.url()).search).toBe("/console/account?tab=1");
    expect(await page.evaluate(() => document.cookie)).not.toContain("session");
    expect(await page.title()).toBe("Your account · Slipway");
    await page.getByRole("button", { name: "Account of admin" }).click();
    await page.getByRole("menuitem", { name: "Sign out" }).click();
    await page.getByRole("heading", { name: "Sign in to Slipway" }).waitFor();
    await page.goto("/");
    await page.getByRole("heading", { name: "Sign in to Slipway" }).waitFor();
    expect(troubles).toEqual([]);
  });
});

browserTest("a wrong password is answered in the server's words, with the request's id", async () => {
  await inConsole(async ({ page }) => {
    await page.goto("/");
    await page.getByLabel("User name or e-mail").fill("admin");
    await page.getByLabel("Password").fill("wrong");
    await page.getByRole("button", { name: "Sign in" }).click();
    const alert = page.getByRole("alert");
    await alert.getByText("The user name or password is wrong").waitFor();
    await alert.getByText(/Request id: req_\w+/).waitFor();
  });
});

browserTest("the account: a new name, a new password, and signing out everywhere", async () => {
  await inTwoConsoles(async (here, there, { username }) => {
    for (const open of [here, there]) await signIn(open, username, PASSWORD);
    const { page } = here;
    await page.goto("/console/account");
    await page.getByLabel("Full name").fill("Ana");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("Your account is updated", { exact: true }).first().waitFor();

    await page.getByLabel("Current password").fill(PASSWORD);
    await page.getByLabel("New password").fill(username);
    await page.getByRole("button", { name: "Change the password" }).click();
    await page
      .getByText(/choose a password that is not your user name/)
      .first()
      .waitFor();
    await page.getByLabel("New password").fill("another pass phrase");
    await page.getByRole("button", { name: "Change the password" }).click();
    await page.getByRole("heading", { name: "Sign in to Slipway" }).waitFor();
    await there.page.goto("/console/account");
    await there.page.getByRole("heading", { name: "Sign in to Slipway" }).waitFor();

    for (const open of [here, there]) await signIn(open, username, "another pass phrase");
    await page.goto("/console/account");
    await page.getByRole("button", { name: "Sign out everywhere" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Sign out everywhere" }).click();
    await page.getByRole("heading", { name: "Sign in to Slipway" }).waitFor();
    await there.page.goto("/");
    await there.page.getByRole("heading", { name: "Sign in to Slipway" }).waitFor();
  });
});

browserTest("an empty server greets its administrator with three steps until all are done", async () => {
  await withStack({ ADMIN_PASSWORD: PASSWORD }, async (own) => {
    await withConsole(browser, own, async ({ page, troubles }) => {
      await signIn({ page, troubles }, "admin", PASSWORD);
      const step = (name: string) => page.getByRole("heading", { name }).waitFor();
      await step("1. Publish something");
      await step("2. Point a client at it");
      await page.getByRole("link", { name: "Invite somebody" }).waitFor();

      await publish(own, { version: "1.0.0" });
      await page.reload();
      await step("1. Publish something Done");
      await page.getByRole("link", { name: "Connect a client" }).last().waitFor();
      await withConsole(browser, own, async (other) => {
        await signIn(other, "admin", PASSWORD);
        await other.page.getByRole("button", { name: "Do not show this again" }).click();
        const greeting = other.page.getByRole("heading", { name: "Welcome to Slipway" });
        await greeting.waitFor({ state: "detached" });
        await other.page.reload();
        await other.page.getByRole("heading", { name: "Service" }).waitFor();
        expect(await greeting.count()).toBe(0);
      });

      const { username } = await newAccount(own);
      await page.reload();
      await step("3. Invite somebody Done");
      await withConsole(browser, own, async (user) => {
        await signIn(user, username, PASSWORD);
        await user.page.getByRole("heading", { name: "Your balance" }).waitFor();
        expect(await user.page.getByRole("heading", { name: "Welcome to Slipway" }).count()).toBe(0);
        expect(user.troubles).toEqual([]);
      });

      const question = "/api/v1/version/check?current_version=0.9.0&platform=windows&arch=x64";
      expect((await own.request(question)).status).toBe(200);
      const today = new Date().toISOString().slice(0, "2026-01-31".length);
      const counted = async () => {
        const path = `/api/v1/statistics/daily?software=omega&from=${today}`;
        return (await own.request<{ counts: unknown[] }>(path, { asPublisher: true })).body.counts.length;
      };
      // Checks are counted behind the answer.
      await expect.poll(counted, { timeout: 20_000 }).toBeGreaterThan(0);
      await page.reload();
      await page.getByRole("heading", { name: "Last 30 days: omega" }).waitFor();
      await page.getByRole("heading", { name: "Service" }).waitFor();
      expect(await page.getByRole("heading", { name: "Welcome to Slipway" }).count()).toBe(0);
      expect(troubles).toEqual([]);
    });
  });
});

browserTest("a phone has a drawer, and the keyboard the command palette", async () => {
  await inConsole(async (open) => {
    const { page } = open;
    await signIn(open, "admin", PASSWORD);
    await page.getByRole("button", { name: "Open the navigation" }).click();
    await page.getByRole("dialog").getByRole("link", { name: "Your account" }).click();
    await page.getByRole("heading", { name: "Your account", level: 1 }).waitFor();
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await page.keyboard.press("Control+k");
    await page.getByRole("dialog").getByPlaceholder("Search or go to …").fill("home");
    await page.getByRole("option", { name: "简体中文" }).waitFor({ state: "detached" });
    await page.locator('[role="option"][data-highlighted]', { hasText: "Overview" }).waitFor();
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Overview", level: 1 }).waitFor();
    expect(open.troubles).toEqual([]);
  }, phone);
});

browserTest(
  "a console that is older than its server loads itself anew, and goes where it was going",
  async () => {
    await inConsole(async (open) => {
      const { page } = open;
      await signIn(open, "admin", PASSWORD);
      let asked = 0;
      await page.route("**/assets/console/AccountPage*", (route) =>
        asked++ === 0 ? route.fulfill({ status: 404 }) : route.continue(),
      );
      await page.getByRole("link", { name: "Your account" }).click();
      await page.getByRole("heading", { name: "Your account", level: 1 }).waitFor();
      expect(asked).toBe(2);
      expect(await page.evaluate(() => document.activeElement?.id)).not.toBe("content");
      await page.getByRole("link", { name: "Overview" }).click();
      await page.getByRole("heading", { name: "Overview", level: 1 }).waitFor();
      expect(await page.evaluate(() => document.activeElement?.id)).toBe("content");
    });
  },
);

test("a browser gets the console at every one of its addresses, a program what it always got", async () => {
  await withStack({ S3_PUBLIC_ENDPOINT: "https://bucket.example.com/s3" }, async (stack) => {
    const asked = (path: string, accept = "text/html,*/*") => stack.request(path, { headers: { accept } });
    const page = await asked("/");
    expect(page.text).toContain('<div id="app"');
    for (const path of ["/console", "/console/account", "/console/a/b?c=d"]) {
      const deep = await asked(path);
      expect([deep.status, deep.text]).toEqual([200, page.text]);
      expect(deep.headers.get("cache-control")).toBe("public, max-age=0, must-revalidate");
    }
    const policy = page.headers.get("content-security-policy") ?? "";
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("connect-src 'self' https://bucket.example.com;");
    expect(policy).toContain("frame-ancestors 'none'");
    for (const [, path = ""] of page.text.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)) {
      const asset = await stack.request(path);
      expect(asset.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
    }
    expect((await asked("/", "application/json")).body).toMatchObject({ status: "running" });
    for (const path of ["/api/none", "/consolex", "/feeds/none", "/api/v1/none"]) {
      expect([(await asked(path)).status, path]).toEqual([404, path]);
    }
  });
});
