import { chromium, type Browser, type BrowserContext, type Page } from "playwright-core";
import type { Target } from "./bench-stack.ts";

const executablePath = process.env.CHROMIUM_PATH || "/usr/bin/chromium";
const args = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-component-update",
];

export const launchBrowser = (): Promise<Browser> => chromium.launch({ executablePath, args });

/** The cookies of somebody who has signed in to the console as the stack's first administrator. */
export async function signInToConsole(browser: Browser, { url, settings }: Target): Promise<Cookies> {
  return inWindow(browser, url, [], async (page) => {
    await page.goto("/console/sign-in");
    await page.locator('input[autocomplete="username"]').fill(settings.ADMIN_USERNAME ?? "");
    await page.locator('input[type="password"]').fill(settings.ADMIN_PASSWORD ?? "");
    await page.locator('button[type="submit"]').click();
    await page.locator("#content h1").waitFor();
    return page.context().cookies();
  });
}

export type Cookies = Awaited<ReturnType<BrowserContext["cookies"]>>;

/** Runs `work` with a window of an empty cache and these cookies, in English. */
export async function inWindow<T>(
  browser: Browser,
  url: string,
  cookies: Cookies,
  work: (page: Page) => Promise<T>,
): Promise<T> {
  const context = await browser.newContext({ baseURL: url, locale: "en" });
  try {
    await context.addCookies(cookies);
    return await work(await context.newPage());
  } finally {
    await context.close();
  }
}
