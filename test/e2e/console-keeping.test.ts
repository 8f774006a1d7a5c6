import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { keep, newUserKey } from "../backups/backups.ts";
import { newAccount, PASSWORD } from "../support/accounts.ts";
import {
  type Console,
  expectSound,
  hasBrowser,
  launch,
  signIn,
  views,
  withConsole,
} from "../support/console.ts";
import { ownStack } from "../support/own-stack.ts";

const browserTest = test.skipIf(!hasBrowser);
const LONG = 300_000;

let browser: Browser;
beforeAll(async () => {
  if (hasBrowser) browser = await launch();
});
afterAll(() => browser?.close());

const stack = ownStack({ ADMIN_PASSWORD: PASSWORD });

const signedIn = (username: string, work: (open: Console) => Promise<void>) =>
  withConsole(browser, stack(), async (open) => {
    await signIn(open, username, PASSWORD);
    await work(open);
  });

browserTest("an administrator sees the backups of all keys, downloads one and deletes it", async () => {
  const [mine, other] = [newUserKey(), newUserKey()];
  await keep(stack(), { user_key: mine, description: "Before the move" }, undefined, "mine.zip");
  await keep(stack(), { user_key: other }, undefined, "other.zip");
  await signedIn("admin", async ({ page, troubles }) => {
    await page.goto("/console/backups");
    for (const key of [mine, other]) await page.getByText(key).waitFor();
    await page.getByLabel("User key").fill(mine);
    await page.getByRole("button", { name: "Show", exact: true }).click();
    await page.getByText(other).waitFor({ state: "detached" });
    expect(page.url()).not.toContain(mine);

    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: "Download mine.zip" }).click();
    expect((await download).suggestedFilename()).toMatch(/^backup_program_\d{8}_\d{6}\.zip$/);
    await page.getByRole("button", { name: "Delete mine.zip" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
    await page.getByText("The backup mine.zip is deleted").first().waitFor();
    await page.getByText("No backups").waitFor();
    expect(troubles).toEqual([]);
  });
});

browserTest("a user sees the backups of a key that they know, and no others", async () => {
  const [user_key, { username }] = [newUserKey(), await newAccount(stack())];
  await keep(stack(), { user_key }, undefined, "known.zip");
  await signedIn(username, async ({ page }) => {
    await page.goto("/console/backups");
    await page.getByText("Whose backups?").waitFor();
    await page.getByLabel("User key").fill(user_key);
    await page.getByRole("button", { name: "Show", exact: true }).click();
    await page.getByText("known.zip").waitFor();
  });
});

browserTest("a catalogue record is made, edited and deleted", async () => {
  const { username } = await newAccount(stack());
  const name = `App of ${username}`;
  await signedIn(username, async ({ page }) => {
    await page.goto("/console/catalogue");
    await page.getByRole("button", { name: "New record" }).first().click();
    const form = page.getByRole("dialog");
    await form.getByLabel("Name").fill(name);
    await form.getByLabel("Software").fill("no such software");
    await form.getByRole("button", { name: "Create" }).click();
    await form.getByRole("alert").waitFor();
    await form.getByLabel("Software").fill("");
    await form.getByRole("button", { name: "Create" }).click();
    await page.getByText(`${name} is created`).first().waitFor();

    await page.goto("/console/catalogue?view=mine");
    await page.getByRole("button", { name: `Edit ${name}` }).click();
    await form.getByLabel("Remark").fill("For everybody");
    await form.getByRole("checkbox", { name: "Enabled" }).uncheck();
    await form.getByRole("button", { name: "Save" }).click();
    await page.getByText(`${name} is saved`).first().waitFor();
    const row = page.getByRole("row").filter({ hasText: name });
    await row.getByText("For everybody").waitFor();
    await row.getByText("Disabled").waitFor();

    await page.getByRole("button", { name: `Delete ${name}` }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
    await page.getByText(`${name} is deleted`).first().waitFor();
    await page.getByText("No records").waitFor();
  });
});

browserTest(
  "backups and the form of the catalogue are sound in both languages, light and dark, on a desk and on a phone",
  async () => {
    await keep(stack(), { user_key: newUserKey(), description: "Before the move" });
    for (const view of views) {
      const work = async (open: Console) => {
        await signIn(open, "admin", PASSWORD);
        await open.page.goto("/console/backups");
        await open.page.getByRole("cell").first().waitFor();
        await expectSound(open, view, "backups");
        await open.page.goto("/console/catalogue");
        await open.page.locator("#content button").first().click();
        await open.page.getByRole("dialog").waitFor();
        await expectSound(open, view, "the form of the catalogue");
      };
      await withConsole(browser, stack(), work, view);
    }
  },
  LONG,
);
