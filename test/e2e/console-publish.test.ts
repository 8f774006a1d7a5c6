import { createHash, randomBytes } from "node:crypto";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Route } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { PASSWORD } from "../support/accounts.ts";
import { type Console, hasBrowser, launch, signIn, withConsole } from "../support/console.ts";
import { dropPaths } from "../support/drop.ts";
import { ownStack } from "../support/own-stack.ts";
import { fetchBytes } from "../support/publish.ts";
import { blockmapOf } from "../support/releases.ts";
import type { TestStack } from "../support/stack.ts";

const browserTest = test.skipIf(!hasBrowser);
if (!hasBrowser) process.stderr.write("test/e2e/console-publish.test.ts is skipped: there is no Chromium\n");
const LONG = 300_000;
const MIB = 1024 * 1024;
const DROP = '[data-testid="drop"]';

let browser: Browser;
let folder: string;
beforeAll(async () => {
  if (hasBrowser) browser = await launch();
  folder = await mkdtemp(join(tmpdir(), "slipway-console-"));
});
afterAll(async () => {
  await browser?.close();
  await rm(folder, { recursive: true, force: true });
});

const ownServer = ownStack({ ADMIN_PASSWORD: PASSWORD });
const asPublisher = (work: (open: Console, stack: TestStack) => Promise<void>) =>
  withConsole(browser, ownServer(), async (open) => {
    await signIn(open, "admin", PASSWORD);
    await open.page.goto("/console/publish");
    await work(open, ownServer());
  });

const partOf = (route: Route) => Number(new URL(route.request().url()).searchParams.get("partNumber"));
const sha = (algorithm: string, bytes: Uint8Array) => createHash(algorithm).update(bytes);

browserTest(
  "200 MiB are dropped, go on after a reload where they were, and are what clients download",
  async () => {
    const bytes = new Uint8Array(randomBytes(200 * MIB));
    const path = join(folder, "big-v1.2.0-full-windows-x64.zip");
    await writeFile(path, bytes);
    await asPublisher(async ({ page, troubles }, stack) => {
      const [before, after]: [number[], number[]] = [[], []];
      await page.route(/partNumber=/, async (route) => {
        // The others wait until the page is gone.
        if (before.push(partOf(route)) <= 2) await route.continue();
      });
      await dropPaths(page, DROP, [path]);
      await page.getByRole("button", { name: "Publish now" }).click();
      await page.getByText(/^16 MiB of 200 MiB/).waitFor({ timeout: 60_000 });
      // They have left, but are kept only once the bucket has answered.
      await page.waitForFunction(() => {
        type Kept = { items?: { record?: { etags: object } }[] };
        const { items } = JSON.parse(localStorage.getItem("slipway-publication") ?? "{}") as Kept;
        return Object.keys(items?.[0]?.record?.etags ?? {}).length === 2;
      });
      await page.reload();
      await page.unroute(/partNumber=/);
      await page.route(/partNumber=/, async (route) => {
        after.push(partOf(route));
        await route.continue();
      });
      await page.getByText(/choose 1 file again to go on/).waitFor();
      await page.getByText("Looked for: big-v1.2.0-full-windows-x64.zip. 16 MiB of them").waitFor();
      const other = join(folder, "other-v1.2.0-full-windows-x64.zip");
      await writeFile(other, "other");
      await dropPaths(page, DROP, [other]);
      await page.getByText("None of these files is looked for: other-v1.2.0").waitFor();
      await dropPaths(page, DROP, [path]);
      await page.getByText("big 1.2.0 is published").waitFor({ timeout: 60_000 });
      expect(after.toSorted((a, b) => a - b)).toEqual(
        Array.from({ length: 25 }, (_, index) => index + 1).filter(
          (number) => !before.slice(0, 2).includes(number),
        ),
      );
      await page.getByRole("link", { name: "Open 1.2.0" }).click();
      await page.getByRole("link", { name: "Download: big-v1.2.0-full-windows-x64.zip" }).waitFor();
      expect(troubles).toEqual([]);

      const check = await stack.request<{ update_info: { update_options: { download_url: string }[] } }>(
        "/api/v1/version/check?software=big&current_version=1.0.0&platform=windows&arch=x64",
      );
      const url = check.body.update_info.update_options[0]?.download_url ?? "";
      expect(sha("sha256", await fetchBytes(stack, url)).digest("hex")).toBe(
        sha("sha256", bytes).digest("hex"),
      );
    });
  },
  LONG,
);

/** What electron-builder leaves behind for Windows. */
async function electronFolder(name: string, told = (bytes: Uint8Array) => bytes): Promise<string> {
  const dist = join(folder, name);
  const exe = new Uint8Array(randomBytes(2 * MIB));
  const sha512 = sha("sha512", told(exe)).digest("base64");
  await mkdir(join(dist, "win-unpacked"), { recursive: true });
  await writeFile(join(dist, "win-unpacked", "App.exe"), "x");
  await writeFile(join(dist, "App Setup 2.0.0.exe"), exe);
  await writeFile(join(dist, "App Setup 2.0.0.exe.blockmap"), blockmapOf(exe, 50_000));
  const yml = `version: 2.0.0\nfiles:\n  - url: App-Setup-2.0.0.exe\n    sha512: ${sha512}\n    size: ${exe.length}\n`;
  await writeFile(join(dist, "latest.yml"), yml);
  return dist;
}

browserTest(
  "a build folder of an Electron app is recognised, corrected, and published with what lies beside",
  async () => {
    await asPublisher(async ({ page, troubles }, stack) => {
      await dropPaths(page, DROP, [await electronFolder("dist")]);
      await page.getByRole("heading", { name: "Found by electron-builder" }).waitFor();
      await page.getByText("blockmap", { exact: true }).waitFor();
      expect(await page.getByLabel("Software", { exact: true }).inputValue()).toBe("app");
      await page.getByText("app is not there yet: it will be added").waitFor();
      await page.getByLabel("Software", { exact: true }).fill("Acme Desk");
      await page.getByText(/^Write letters, digits, hyphens/).waitFor();
      await page.getByLabel("Software", { exact: true }).fill("electric");
      await page.getByLabel("Version", { exact: true }).fill("not a version");
      await page.getByText("not a version is not a version: write numbers with dots").waitFor();
      expect(await page.getByRole("button", { name: "Publish now" }).isDisabled()).toBe(true);
      await page.getByLabel("Version", { exact: true }).fill("2.0.0");
      await page.getByLabel(/Release notes/).fill("# New\n\n<b>raw</b>");
      await page.getByLabel("Preview", { exact: true }).getByRole("heading", { name: "New" }).waitFor();
      await page.getByLabel("Preview", { exact: true }).getByText("<b>raw</b>").waitFor();
      await page.getByRole("button", { name: "Publish now" }).click();
      await page.getByText("electric 2.0.0 is published").waitFor();
      const feed = await stack.request("/feeds/electric/electron/latest.yml");
      expect(feed.text).toContain('"version": "2.0.0"');
      const { body } = await stack.request<{ notes: string; packages: { companions: unknown[] }[] }>(
        "/api/v1/releases/electric/2.0.0",
        { asPublisher: true },
      );
      expect(body).toMatchObject({
        notes: "# New\n\n<b>raw</b>",
        packages: [{ platform: "windows", arch: "x64", companions: [{ role: "blockmap" }] }],
      });
      await page.goto("/console/connect");
      expect(await page.getByLabel("Software", { exact: true }).inputValue()).toBe("electric");
      expect(troubles).toEqual([]);
    });
  },
  LONG,
);

browserTest(
  "a file that is not the one its build tool describes is refused, and nothing is visible",
  async () => {
    await asPublisher(async ({ page }, stack) => {
      await dropPaths(page, DROP, [await electronFolder("signed-later", (bytes) => bytes.slice(1))]);
      await page.getByLabel(/Release notes/).fill("Kept notes");
      await page.getByRole("button", { name: "Publish now" }).click();
      const row = page.getByRole("listitem").filter({ hasText: "App Setup 2.0.0.exe" });
      await row.getByText(/This is not the file that latest.yml describes/).waitFor();
      expect(await page.getByLabel(/Release notes/).inputValue()).toBe("Kept notes");
      const check = await stack.request("/api/v1/releases/app", { asPublisher: true });
      expect(check.body).toMatchObject({ total: 0 });
    });
  },
  LONG,
);
