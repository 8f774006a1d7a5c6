import type { Browser, Route } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { archive, newKey, newName } from "../plugins/archives.ts";
import { PASSWORD } from "../support/accounts.ts";
import {
  type Console,
  expectSound,
  hasBrowser,
  launch,
  signIn,
  views,
  visit,
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

const asAdmin = (work: (open: Console) => Promise<void>) =>
  withConsole(browser, stack(), async (open) => {
    await signIn(open, "admin", PASSWORD);
    await work(open);
  });

async function publish(key: string, manifest: Record<string, unknown>): Promise<void> {
  const body = new FormData();
  body.append("plugin_key", key);
  body.append("file", new Blob([await archive(manifest)]), "plugin.zip");
  const { status, text } = await stack().request("/api/plugins/upload", { method: "POST", body });
  expect(status, text).toBe(200);
}

/** A plugin that needs another, which needs a third. */
async function newChain() {
  const key = newKey();
  const [app, middle, base] = [newName(), newName(), newName()];
  await publish(key, { name: base, version: "1.4.0" });
  await publish(key, { name: middle, version: "2.0.0", dependencies: { [base]: "^1.0.0" } });
  await publish(key, { name: app, displayName: "An app", dependencies: { [middle]: ">=2.0.0" } });
  return { app, middle, base, key };
}

browserTest(
  "a plugin is uploaded, and its page draws and lists what it needs",
  async () => {
    const { middle, base, key } = await newChain();
    const name = newName();
    const bytes = await archive({ name, changelog: "Sings now", dependencies: { [middle]: "^2.0.0" } });
    await asAdmin(async ({ page, troubles }) => {
      await page.goto("/console/plugins");
      await page.getByRole("link", { name: "Upload a plugin" }).first().click();
      await page.getByRole("button", { name: "Upload", exact: true }).isEnabled();
      await page
        .getByLabel("Archive of the plugin (.zip)")
        .setInputFiles({ name: "mine.zip", mimeType: "application/zip", buffer: Buffer.from(bytes) });
      await page.getByLabel("Plugin key").fill(key);
      await page.getByRole("button", { name: "Upload", exact: true }).click();
      await page.getByText(`${name} 1.0.0 is published`).waitFor();
      await page.getByRole("link", { name }).click();
      await page.getByText("Sings now").waitFor();

      const needs = page.getByRole("region", { name: "What it needs" });
      const drawing = needs.getByRole("img", { name: new RegExp(name) });
      await drawing.waitFor();
      expect(await drawing.locator("g").count()).toBe(3);
      await needs.getByText(`${middle}: asks for ^2.0.0, gets 2.0.0`).waitFor();
      await needs.getByText(`${base}: asks for ^1.0.0, gets 1.4.0`).waitFor();
      expect(troubles).toEqual([]);
    });
  },
  LONG,
);

browserTest("an archive that is none is refused in the server's words", async () => {
  await asAdmin(async ({ page }) => {
    await page.goto("/console/plugin-upload");
    await page
      .getByLabel("Archive of the plugin (.zip)")
      .setInputFiles({ name: "mine.zip", mimeType: "application/zip", buffer: Buffer.from("no archive") });
    await page.getByLabel("Plugin key").fill(newKey());
    await page.getByRole("button", { name: "Upload", exact: true }).click();
    await page.getByRole("alert").getByText(/ZIP/i).waitFor();
  });
});

browserTest("an upload that hangs is said to, and leaving its page asks first, then ends it", async () => {
  await asAdmin(async ({ page }) => {
    const held: Route[] = [];
    await page.route(/X-Amz-Signature/, (route) => void held.push(route));
    const ended = page.waitForEvent("requestfailed", (asked) => asked.url().includes("X-Amz-Signature"));
    await page.clock.install();
    await page.goto("/console/plugin-upload");
    await page
      .getByLabel("Archive of the plugin (.zip)")
      .setInputFiles({ name: "mine.zip", mimeType: "application/zip", buffer: Buffer.from("any bytes") });
    await page.getByLabel("Plugin key").fill(newKey());
    await page.getByRole("button", { name: "Upload", exact: true }).click();
    await page.getByText("being sent", { exact: true }).waitFor();
    await expect.poll(() => held.length).toBe(1);
    expect(await page.getByText("Nothing has moved").count()).toBe(0);
    await page.clock.fastForward(20_000);
    await page.getByText(/^Nothing has moved for \d+ sec: the server does not answer/).waitFor();

    const away = page.getByRole("link", { name: "Plugins", exact: true }).first();
    const dialog = page.getByRole("dialog", { name: "Leave while something is sent?" });
    await away.click();
    await dialog.getByRole("button", { name: "Stay here" }).click();
    await dialog.waitFor({ state: "detached" });
    await page.getByRole("heading", { name: "Upload a plugin", level: 1 }).waitFor();
    await away.click();
    await dialog.getByRole("button", { name: "Leave" }).click();
    await page.getByRole("heading", { name: "Plugins", level: 1 }).waitFor();
    await ended;
  });
});

browserTest("what cannot be installed is explained, and the question has a link", async () => {
  const { app, base } = await newChain();
  await asAdmin(async ({ page }) => {
    await page.goto("/console/plugin-resolve");
    await page.getByLabel("Plugins to install").fill(`${app}\n${base} ^2.0.0`);
    await page.getByRole("button", { name: "Try it" }).click();
    await page.getByText("This cannot be installed").waitFor();
    await page
      .getByText(new RegExp(`${base}.*2\\.0\\.0`))
      .first()
      .waitFor();

    await page.reload();
    await page.getByText("This cannot be installed").waitFor();
    await page.getByLabel("Plugins to install").fill(`${app} ^1.0.0`);
    await page.getByRole("button", { name: "Try it" }).click();
    const plan = page.getByRole("region", { name: "The plan" });
    await plan.getByText("3 plugins in this order").waitFor();
    expect((await plan.getByRole("listitem").allInnerTexts()).map((line) => line.split(/\s/)[0])[0]).toBe(
      base,
    );
  });
});

browserTest("a plugin is disabled and deleted only after naming what needs it", async () => {
  const { app, base, middle } = await newChain();
  await asAdmin(async ({ page }) => {
    await page.goto(`/console/plugins/${base}`);
    await page.getByRole("region", { name: "What needs it" }).getByRole("link", { name: middle }).waitFor();
    await page.getByRole("button", { name: "Disable" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText(`1 plugin needs it: ${middle}.`).waitFor();
    await dialog.getByRole("button", { name: "Disable" }).click();
    await page.getByText(`${base} is disabled: nobody can install it`).first().waitFor();

    await page.goto(`/console/plugins/${app}`);
    await page.getByText("It cannot be installed as things stand").waitFor();
    await page.getByRole("button", { name: "Deprecate version 1.0.0" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Deprecate" }).click();
    await page.getByText("Version 1.0.0 is deprecated").first().waitFor();

    await page.goto(`/console/plugins/${base}`);
    await page.getByRole("button", { name: "Delete" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
    await page.getByText(`${base} is deleted`).first().waitFor();
    await page.getByLabel("Name or author").fill(base);
    await page.getByText("No plugin matches").waitFor();
    expect(new URL(page.url()).search).toBe(`?search=${base}`);
  });
});

browserTest(
  "a plugin's page is sound in both languages, light and dark, on a desk and on a phone",
  async () => {
    const { app, base } = await newChain();
    for (const view of views) {
      await withConsole(
        browser,
        stack(),
        async (open) => {
          await signIn(open, "admin", PASSWORD);
          for (const path of ["/console/plugins", `/console/plugins/${app}`, `/console/plugins/${base}`]) {
            await visit(open, path, view);
          }
          await open.page.goto(`/console/plugin-resolve?install=${app}`);
          await open.page.locator("ol li").first().waitFor();
          await expectSound(open, view, "a plan");
        },
        view,
      );
    }
  },
  LONG,
);
