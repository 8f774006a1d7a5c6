import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { PASSWORD } from "../support/accounts.ts";
import { hasBrowser, launch, signIn, withConsole, type Console } from "../support/console.ts";
import { ownStack } from "../support/own-stack.ts";
import { newKey } from "../support/private-software.ts";

const browserTest = test.skipIf(!hasBrowser);

let browser: Browser;
beforeAll(async () => {
  if (hasBrowser) browser = await launch();
});
afterAll(() => browser?.close());

const stack = ownStack({ ADMIN_PASSWORD: PASSWORD });

const byKeyboard = (work: (page: Page, open: Console) => Promise<void>) =>
  withConsole(browser, stack(), async (open) => {
    await signIn(open, "admin", PASSWORD);
    await work(open.page, open);
    expect(open.troubles).toEqual([]);
  });

/** What has the focus: its name or words, where it is, and whether an outline says so. */
const focus = (page: Page) =>
  page.evaluate(() => {
    const at = document.activeElement as HTMLElement;
    const { outlineStyle, outlineWidth } = getComputedStyle(at);
    return {
      name: (at.getAttribute("aria-label") ?? at.innerText).trim(),
      place: at.closest("main") ? "content" : at.closest('[role="dialog"]') ? "dialog" : "frame",
      isSeen: outlineStyle !== "none" && Number.parseFloat(outlineWidth) > 0,
    };
  });

/** Goes on by Tab until what has the focus has this name. Fails where it takes more steps than a page has controls. */
async function tabTo(page: Page, name: string | RegExp): Promise<void> {
  const passed: string[] = [];
  while (passed.length < 80) {
    await page.keyboard.press("Tab");
    const at = await focus(page);
    passed.push(at.name);
    expect(at.isSeen || at.name.length > 100, at.name).toBe(true);
    if (typeof name === "string" ? at.name === name : name.test(at.name)) return;
  }
  throw new Error(`not reached by Tab: ${String(name)}; passed ${passed.join(" | ")}`);
}

const closeWithEscape = async (page: Page) => {
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
};

browserTest(
  "the command palette finds a page, whose content is next, up to the form's last button",
  async () => {
    await byKeyboard(async (page) => {
      await page.reload();
      await page.locator("#content h1").waitFor();
      await page.keyboard.press("Tab");
      expect(await focus(page)).toEqual({ name: "Skip to the content", place: "frame", isSeen: true });
      await page.keyboard.press("Enter");
      await page.keyboard.press("Tab");
      expect(await focus(page)).toMatchObject({ place: "content", isSeen: true });

      await page.keyboard.press("Control+k");
      await page.getByRole("dialog").getByPlaceholder("Search or go to …").waitFor();
      await page.keyboard.type("upload release");
      await page.locator('[role="option"][data-highlighted]', { hasText: "Publish" }).waitFor();
      await page.keyboard.press("Enter");
      await page.getByRole("heading", { name: "Publish", level: 1 }).waitFor();
      await tabTo(page, "Choose files");
      const choosing = page.waitForEvent("filechooser");
      await page.keyboard.press("Enter");
      const file = { name: "keys-v1.0.0-full-linux-x64.zip", mimeType: "application/zip" };
      await (await choosing).setFiles({ ...file, buffer: Buffer.from("PK") });
      await page.getByLabel("Version", { exact: true }).waitFor();
      await tabTo(page, "Publish now");
      expect(await focus(page)).toMatchObject({ place: "content", isSeen: true });
    });
  },
);

browserTest("Escape closes what is open, and the focus is where it was", async () => {
  await newKey(stack(), ["packages:read"], { name: "kept" });
  await byKeyboard(async (page) => {
    await page.goto("/console/keys");
    await page.getByRole("button", { name: "Revoke kept" }).waitFor();
    for (const name of ["Create a key", "Revoke kept"]) {
      await tabTo(page, name);
      for (const time of ["first", "again"]) {
        await page.keyboard.press("Enter");
        await page.getByRole("dialog").waitFor();
        await page.waitForFunction(() => document.activeElement?.closest('[role="dialog"]'));
        await closeWithEscape(page);
        await expect.poll(() => focus(page), { message: time }).toMatchObject({ name, place: "content" });
      }
      await page.keyboard.press("Control+k");
      await page.getByRole("dialog").getByRole("option").first().waitFor();
      await closeWithEscape(page);
      await expect.poll(() => focus(page)).toMatchObject({ name, place: "content" });
    }
  });
});

browserTest(
  "a dialog keeps the focus; where its answer took away what had it before, the content has it",
  async () => {
    for (const name of ["alpha", "beta", "gamma"]) await newKey(stack(), ["packages:read"], { name });
    await byKeyboard(async (page) => {
      await page.goto("/console/keys");
      await page.getByRole("button", { name: "Revoke beta" }).waitFor();
      await tabTo(page, "Revoke beta");
      await page.keyboard.press("Enter");
      await page.getByRole("dialog").waitFor();
      for (let step = 0; step < 5; step++) {
        expect(await focus(page)).toMatchObject({ place: "dialog" });
        await page.keyboard.press("Tab");
      }
      await tabTo(page, "Revoke");
      await page.keyboard.press("Enter");
      await page.locator('[aria-label="Revoke beta"]').waitFor({ state: "detached" });
      await page.getByRole("dialog").waitFor({ state: "detached" });
      await page.keyboard.press("Tab");
      expect(await focus(page)).toMatchObject({ name: "Create a key", place: "content" });
    });
  },
);

browserTest("what holds a form back is said in the console's language, not the browser's", async () => {
  const view = { language: "zh-CN", theme: "light", width: 1280 } as const;
  await withConsole(
    browser,
    stack(),
    async (open) => {
      const { page } = open;
      await signIn(open, "admin", PASSWORD);
      await page.goto("/console/users?invite=1");
      const dialog = page.getByRole("dialog");
      const [name, mail] = [dialog.locator("input").nth(0), dialog.locator('input[type="email"]')];
      const said = (field: Locator) =>
        field.evaluate((input: HTMLInputElement) => (input.checkValidity() ? "" : input.validationMessage));
      await dialog.locator('button[type="submit"]').click();
      expect([await said(name), await said(mail)]).toEqual(["此项必填", "此项必填"]);
      await mail.fill("ana");
      await dialog.locator('button[type="submit"]').click();
      expect(await said(mail)).toBe("请填写邮箱地址，例如 ana@example.com");
      await mail.fill("ana@example.com");
      expect(await said(mail)).toBe("");
      expect(open.troubles).toEqual([]);
    },
    view,
  );
});
