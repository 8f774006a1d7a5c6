import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { PASSWORD } from "../support/accounts.ts";
import { execute } from "../support/behind.ts";
import { asAdministrator, hasBrowser, launch, told } from "../support/console.ts";
import { minisignKeys } from "../support/minisign.ts";
import { ownStack } from "../support/own-stack.ts";
import { listed, newBytes, publish, sha256Of } from "../support/publish.ts";
import { blockmapOf, release, sendDraft, sendHeldCompanion } from "../support/releases.ts";
import { putInto, startRollout } from "../support/rollouts.ts";

const browserTest = test.skipIf(!hasBrowser);

let browser: Browser;
beforeAll(async () => {
  if (hasBrowser) browser = await launch();
});
afterAll(() => browser?.close());

const stack = ownStack({ ADMIN_PASSWORD: PASSWORD, KEEP_FULL: "1" });

const NOTES = [
  "## What is new",
  "- **Faster** start, see [the page](https://example.com/new)",
  "<img src=x onerror=\"document.title = 'taken'\"> [click](javascript:alert(1))",
].join("\n\n");

browserTest(
  "notes are edited beside their preview, where HTML is text, and are there after a reload",
  async () => {
    await publish(stack(), { software: "noted", version: "1.0.0", description: "Before" });
    await asAdministrator(browser, stack(), async (open) => {
      const { page } = open;
      await page.goto("/console/software/noted/1.0.0");
      const panel = page.getByRole("region", { name: "Release notes" });
      await panel.getByText("Before").waitFor();
      await panel.getByRole("button", { name: "Edit" }).click();
      await panel.getByLabel("Markdown").fill("never saved");
      await panel.getByRole("button", { name: "Cancel" }).click();
      await panel.getByText("Before").waitFor();

      await panel.getByRole("button", { name: "Edit" }).click();
      expect(await panel.getByLabel("Markdown").inputValue()).toBe("");
      await panel.getByLabel("Markdown").fill(NOTES);
      await panel.getByLabel(/^Description/).fill("After");
      const isShown = async () => {
        await panel.getByRole("heading", { name: "What is new" }).waitFor();
        await panel.locator("li strong", { hasText: "Faster" }).waitFor();
        expect(
          await panel
            .getByRole("link")
            .evaluateAll((links) => links.map((link) => link.getAttribute("href"))),
        ).toEqual(["https://example.com/new"]);
        expect(await panel.innerText()).toContain(NOTES.split("\n\n")[2]);
        expect(await panel.locator("img").count()).toBe(0);
      };
      await isShown();
      await panel.getByRole("button", { name: "Save" }).click();
      await told(open, "The notes are saved");
      await page.reload();
      await isShown();
      await panel.getByText("After").waitFor();
      expect(await page.title()).toBe("Version · Slipway");
    });
  },
);

browserTest("a published file and one that waits are given signatures, which updaters are told", async () => {
  const software = "signed";
  const bytes = newBytes();
  await publish(stack(), { software, version: "1.0.0", platform: "macos", arch: "arm64" }, bytes);
  await sendDraft(stack(), { software, version: "2.0.0", platform: "macos", arch: "arm64" });
  const ed = Buffer.from(newBytes(64)).toString("base64");
  const later = Buffer.from(newBytes(64)).toString("base64");
  await asAdministrator(browser, stack(), async (open) => {
    const { page, troubles } = open;
    const form = page.getByRole("dialog");
    const save = form.getByRole("button", { name: "Save" });
    await page.goto("/console/software/signed/1.0.0");
    await page.getByRole("button", { name: /^Signature: / }).click();
    expect(await save.isDisabled()).toBe(true);
    await form.getByLabel("Signature of Tauri or minisign").fill("no signature");
    await save.click();
    await form.getByRole("alert").waitFor();
    expect(troubles.splice(0)).toEqual([expect.stringContaining("status of 4")]);
    await form.getByLabel("Signature of Tauri or minisign").fill(minisignKeys().signForTauri(bytes));
    await form.getByLabel("EdDSA signature of Sparkle").fill(ed);
    await form.getByLabel("Build number").fill("77");
    await save.click();
    await told(open, "Saved for signed-v1.0.0-full-macos-arm64.zip");
    await page
      .getByText(/^signed$/i)
      .last()
      .waitFor();

    await page.goto("/console/software/signed/2.0.0");
    await page.getByRole("button", { name: /^Signature: / }).click();
    await form.getByLabel("EdDSA signature of Sparkle").fill(later);
    await save.click();
    await form.waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Publish" }).click();
    await told(open, "signed 2.0.0 is published");
  });
  const feed = await stack().request("/feeds/signed/sparkle/macos-arm64/appcast.xml");
  for (const word of [ed, later, "77"]) expect(feed.text).toContain(word);
});

browserTest("a block map is deleted without its package, and an older version made the latest", async () => {
  const software = "beside";
  const bytes = newBytes(2000);
  const draft = await sendDraft(stack(), { software, version: "1.0.0" }, { bytes, filename: "setup.exe" });
  await sendHeldCompanion(stack(), draft, "blockmap", blockmapOf(bytes));
  expect((await release(stack(), software, "1.0.0", "/publish", {})).status).toBe(200);
  await publish(stack(), { software, version: "2.0.0" });
  await asAdministrator(browser, stack(), async (open) => {
    const { page } = open;
    const dialog = page.getByRole("dialog");
    await page.goto("/console/software/beside/1.0.0");
    await page.getByRole("button", { name: /^Delete: .*blockmap/ }).click();
    await dialog.getByText(/The package stays/).waitFor();
    await dialog.getByRole("button", { name: "Delete" }).click();
    await page.getByRole("button", { name: /^Delete: .*blockmap/ }).waitFor({ state: "detached" });
    await page.getByRole("button", { name: /^Delete: .*exe$/ }).waitFor();

    await page.getByRole("button", { name: "Make it the latest" }).click();
    await dialog.getByRole("button", { name: "Make it the latest" }).click();
    await told(open, "beside 1.0.0 is the latest version now");
    await page.getByRole("button", { name: "Make it the latest" }).waitFor({ state: "detached" });
    await page.goto("/console/software/beside");
    await page
      .getByRole("row")
      .filter({ hasText: "1.0.0" })
      .getByText(/^latest$/i)
      .waitFor();
  });
});

browserTest(
  "what a rollout keeps from clients is not called offered, and what they get is the newest",
  async () => {
    const software = "kept-back";
    await publish(stack(), { software, version: "1.0.0" });
    await publish(stack(), { software, version: "2.0.0" });
    const rollout = await startRollout(stack(), software, "2.0.0", 10);
    await asAdministrator(browser, stack(), async (open) => {
      const { page } = open;
      const dialog = page.getByRole("dialog");
      const toRollout = (name: string) =>
        page.getByRole("link", { name }).and(page.getByTitle("To its rollout"));
      await page.goto("/console/software?search=kept-back");
      await page.getByRole("link", { name: /^1\.0\.0/ }).waitFor();
      await page.getByRole("link", { name: "2.0.0", exact: true }).waitFor();
      await toRollout("In rollout, 10%").waitFor();
      await page.goto("/console/software/kept-back/2.0.0");
      await page
        .getByText(/^Its rollout is at 10%\. All other clients \(windows x64\).*: 1\.0\.0\.$/i)
        .waitFor();

      await putInto(stack(), rollout, "rolled_back");
      await page.goto("/console/software/kept-back");
      await page.getByRole("row").filter({ hasText: "1.0.0" }).getByText("Latest").waitFor();
      await toRollout("Rolled back").waitFor();
      expect(await page.getByText("Latest", { exact: true }).count()).toBe(1);
      await page.goto("/console/software/kept-back/2.0.0");
      await page.getByText(/^Clients \(windows x64\) are not offered it\. .*: 1\.0\.0\.$/i).waitFor();
      expect(await toRollout("Rolled back").count()).toBe(2);
      expect(await page.getByText("Offered", { exact: true }).count()).toBe(0);
      await page.getByRole("button", { name: "Yank", exact: true }).click();
      await dialog.getByRole("button", { name: "Yank" }).click();
      await page.getByRole("button", { name: "Offer again", exact: true }).click();
      await dialog.getByText(/^It was rolled back and stays so/).waitFor();
      await dialog.getByRole("button", { name: "Take it back" }).click();
      await told(open, "kept-back 2.0.0 is no longer yanked, but stays rolled back: nobody is offered it");
      await toRollout("Rolled back").first().click();
      await page.waitForURL(`**/console/rollouts/${rollout.id}`);
    });
  },
);

browserTest("whoever deletes what all clients are offered is told what they are offered then", async () => {
  const software = "needed";
  for (const version of ["1.0.0", "2.0.0", "3.0.0"]) await publish(stack(), { software, version });
  await putInto(stack(), await startRollout(stack(), software, "3.0.0", 10), "rolled_back");
  await asAdministrator(browser, stack(), async ({ page }) => {
    const dialog = page.getByRole("dialog");
    const offered = /Clients are offered it now: windows x64\. Without it they are offered: 1\.0\.0\./i;
    const leads = /Devices whose version was rolled back are led to it: 3\.0\.0\./;
    await page.goto("/console/software/needed/2.0.0");
    await page.getByText(offered).waitFor();
    await page.getByText(leads).waitFor();
    for (const name of [/^Delete: /, "Delete this version"]) {
      await page.getByRole("button", { name }).click();
      await dialog.getByText(offered).waitFor();
      await dialog.getByText(leads).waitFor();
      await dialog.getByRole("button", { name: "Cancel" }).click();
      await dialog.waitFor({ state: "detached" });
    }
    await page.goto("/console/software/needed/3.0.0");
    await page.getByRole("button", { name: "Delete this version" }).click();
    await dialog.getByText(/devices that still run it are no longer led back/).waitFor();
  });
});

browserTest("a file's hashes are shown, and the file that a client would get with its address", async () => {
  const software = "hashed";
  const bytes = newBytes();
  const file = "hashed-v1.0.0-full-windows-x64.zip";
  await publish(stack(), { software, version: "1.0.0" }, bytes);
  await publish(stack(), { software, version: "2.0.0" });
  await putInto(stack(), await startRollout(stack(), software, "2.0.0", 10), "rolled_back");
  await asAdministrator(browser, stack(), async ({ page }) => {
    await page.goto("/console/software/hashed/1.0.0");
    await page.getByText("Checksums").click();
    const hash = page.getByRole("region", { name: `SHA-256 of ${file}` });
    expect((await hash.textContent())?.trim()).toBe(sha256Of(bytes));
    await page.getByRole("button", { name: `Copy: SHA-256 of ${file}` }).waitFor();
    for (const version of ["0.9.0", "2.0.0"]) {
      await page.goto(`/console/check?software=hashed&version=${version}`);
      await page.getByText(file, { exact: true }).waitFor();
      const sum = page.getByRole("region", { name: `SHA-256: ${file}` });
      expect((await sum.textContent())?.trim()).toBe(sha256Of(bytes));
      const address = page.getByRole("region", { name: `Download address: ${file}` });
      expect((await address.textContent())?.trim()).toBe(
        `${new URL(page.url()).origin}/downloads/full/1.0.0/${file}`,
      );
    }
  });
});

browserTest("cleanup says what it would delete, and deletes that alone", async () => {
  for (const version of ["1.0.0", "2.0.0", "3.0.0"]) {
    await publish(stack(), { software: "aging", version }, newBytes(1024));
  }
  await execute(
    stack(),
    `UPDATE packages SET created_at = created_at - 172800000
     WHERE software_id = (SELECT id FROM software WHERE slug = 'aging')`,
  );
  const left = async () => (await listed(stack(), "aging")).map(({ version }) => version);
  await asAdministrator(browser, stack(), async (open) => {
    const { page } = open;
    await page.goto("/console/storage");
    const panel = page.getByRole("region", { name: "Clean up" });
    await panel.getByText(/full packages: 1 \(KEEP_FULL\)/).waitFor();
    await page.getByText(/An upload is refused where it does not fit into the quota/).waitFor();
    await panel.getByRole("button", { name: "Show what would be deleted" }).click();
    await panel.getByText(/^2 packages, 2 KiB: usage goes from/).waitFor();
    await panel.getByRole("listitem").filter({ hasText: "aging 1.0.0, windows x64, full, 1 KiB" }).waitFor();
    await panel.getByRole("listitem").filter({ hasText: "aging 2.0.0, windows x64" }).waitFor();
    await panel.getByText(/^Kept:/).click();
    await panel
      .getByRole("listitem")
      .filter({ hasText: /^aging 3.0.0, .*: \S/ })
      .waitFor();
    expect(await left()).toHaveLength(3);

    await panel.getByRole("button", { name: "Delete these packages" }).click();
    await page
      .getByRole("dialog", { name: "Delete 2 packages?" })
      .getByRole("button", { name: "Delete these" })
      .click();
    await told(open, "2 packages deleted, 2 KiB freed");
    expect(await left()).toEqual(["3.0.0"]);
    await panel.getByRole("button", { name: "Show what would be deleted" }).click();
    await panel.getByText("Nothing would be deleted.").waitFor();
  });
});
