import { existsSync } from "node:fs";
import { chromium } from "playwright-core";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { withStack } from "../support/stack.ts";
import type { TestStack } from "../support/stack.ts";

const executablePath = process.env.CHROMIUM_PATH || "/usr/bin/chromium";
const args = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-component-update",
  "--no-first-run",
];
const desktop = { width: 1360, height: 900 };
const phone = { width: 390, height: 844 };
const operations = ["Is there something newer for me?", "Begin a signed upload", "Download a package"];

// On CI a missing browser is a failure, not a reason to see less.
const canRun = existsSync(executablePath) || Boolean(process.env.CI);
const browserTest = test.skipIf(!canRun);
if (!canRun) process.stderr.write(`test/e2e/docs.test.ts is skipped: there is no ${executablePath}\n`);

let browser: Browser;
beforeAll(async () => {
  if (canRun) browser = await chromium.launch({ executablePath, args });
});
afterAll(() => browser?.close());

/** Opens a page; `troubles` fills with requests to other hosts, console errors, exceptions and failed answers. */
async function open(stack: TestStack, path: string, viewport = desktop) {
  const page = await browser.newPage({ viewport });
  const troubles: string[] = [];
  page.on("request", (request) => {
    const url = request.url();
    if (!/^(data|blob):/.test(url) && new URL(url).origin !== stack.url) troubles.push(`asked ${url}`);
  });
  page.on("response", (answer) => {
    if (answer.status() >= 400) troubles.push(`${answer.status()} ${answer.url()}`);
  });
  page.on("console", (entry) => {
    if (["error", "warning"].includes(entry.type())) troubles.push(entry.text());
  });
  page.on("pageerror", (error) => troubles.push(error.message));
  await page.goto(stack.url + path, { waitUntil: "networkidle" });
  return { page, troubles };
}

const sees = {
  // Scalar renders an operation when it comes near the screen; its list of them is complete from the start.
  "/docs": async (page: Page) => {
    const menu = page.getByRole("button", { name: "Open Menu" });
    if (await menu.isVisible()) await menu.click();
    for (const name of operations) await entryOf(page, name).waitFor();
  },
  "/redoc": async (page: Page) => {
    for (const name of operations) await page.getByRole("heading", { name }).waitFor();
  },
};

const entryOf = (page: Page, name: string) =>
  page.getByRole("complementary").getByRole("link", { name: `${name} HTTP Method` });

const widthOf = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth);

browserTest("the pages show the interface, on a phone too, and ask no other host for anything", async () => {
  await withStack({}, async (stack) => {
    for (const viewport of [desktop, phone]) {
      for (const [path, isThere] of Object.entries(sees)) {
        const { page, troubles } = await open(stack, path, viewport);
        await isThere(page);
        expect(await widthOf(page), path).toBe(viewport.width);
        expect(troubles, path).toEqual([]);
      }
    }
  });
});

browserTest(
  "a request is tried from /docs with the key given there, and without one is refused",
  async () => {
    await withStack({}, async (stack) => {
      const { page, troubles } = await open(stack, "/docs");
      await page.locator("input.scalar-password-input").first().fill(stack.apiKey);
      await entryOf(page, "What the presented API key may do").click();
      await page.getByRole("button", { name: /Test Request.*get \/api\/v1\/api-keys\/current\)/ }).click();
      const dialog = page.getByRole("dialog");
      const send = dialog.getByRole("button", { name: "Send get request" });

      const [answer] = await Promise.all([page.waitForResponse("**/api/v1/api-keys/current"), send.click()]);
      expect([answer.status(), await answer.json()]).toMatchObject([200, { id: "settings" }]);
      await dialog.getByText("200 OK").waitFor();
      await dialog.getByText('"scopes"').first().waitFor();
      expect(troubles).toEqual([]);

      await dialog.getByRole("textbox", { name: "Value" }).fill("");
      const [refused] = await Promise.all([page.waitForResponse("**/api/v1/api-keys/current"), send.click()]);
      expect(refused.status()).toBe(401);
      await dialog.getByText("INVALID_API_KEY").waitFor();
    });
  },
);

test("what the pages load may be kept for ever, the pages are asked for again, and no other host is allowed", async () => {
  await withStack({}, async (stack) => {
    const page = await stack.request("/docs");
    expect(page.headers.get("cache-control")).toBe("public, max-age=0, must-revalidate");
    expect(page.headers.get("content-security-policy")).toMatch(
      /default-src 'none'; script-src 'self' 'wasm-unsafe-eval';/,
    );
    expect(page.headers.get("x-content-type-options")).toBe("nosniff");
    for (const [, path = ""] of page.text.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)) {
      const asset = await stack.request(path);
      expect([asset.status, path]).toEqual([200, expect.stringMatching(/\.[0-9a-f]{12}\.(js|css)$/)]);
      expect(asset.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
    }
    const missing = await stack.request("/assets/none.js");
    expect([missing.status, missing.headers.get("cache-control")]).toEqual([404, "private, no-store"]);
    const described = await stack.request<{ openapi: string }>("/openapi.json");
    expect([described.status, described.body.openapi]).toEqual([200, "3.1.0"]);
  });
});
