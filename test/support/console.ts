import { existsSync } from "node:fs";
import axe from "axe-core";
import { chromium, type Browser, type Page } from "playwright-core";
import { expect } from "vitest";
import { PASSWORD } from "./accounts.ts";
import type { TestStack } from "./stack.ts";

const executablePath = process.env.CHROMIUM_PATH || "/usr/bin/chromium";
const args = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-component-update",
  "--no-first-run",
];

/** On CI a missing browser is a failure, not a reason to see less. */
export const hasBrowser = existsSync(executablePath) || Boolean(process.env.CI);

export const launch = (): Promise<Browser> => chromium.launch({ executablePath, args });

export type View = { language: "en" | "zh-CN"; theme: "light" | "dark"; width: 1280 | 390 };

const everyView: readonly View[] = (["en", "zh-CN"] as const).flatMap((language) =>
  (["light", "dark"] as const).flatMap((theme) =>
    ([1280, 390] as const).map((width): View => ({ language, theme, width })),
  ),
);

/** Each language, theme and width once, so that every page is looked at twice; all eight together where EVERY_VIEW is set. */
export const views: readonly View[] = process.env.EVERY_VIEW
  ? everyView
  : [
      { language: "en", theme: "light", width: 1280 },
      { language: "zh-CN", theme: "dark", width: 390 },
    ];

/** A console in a browser of its own; `troubles` fills with whatever no page may do. */
export type Console = { page: Page; troubles: string[] };

/** Runs `work` with a browser window that is signed in as nobody, and closes it. */
export async function withConsole<T>(
  browser: Browser,
  stack: Pick<TestStack, "url">,
  work: (open: Console) => Promise<T>,
  view?: View,
): Promise<T> {
  const open = await openConsole(browser, stack, view);
  try {
    return await work(open);
  } finally {
    await open.page.context().close();
  }
}

async function openConsole(
  browser: Browser,
  stack: Pick<TestStack, "url">,
  { language, theme, width }: View = { language: "en", theme: "light", width: 1280 },
): Promise<Console> {
  const context = await browser.newContext({
    baseURL: stack.url,
    locale: language,
    colorScheme: theme,
    viewport: { width, height: width === 390 ? 844 : 800 },
    reducedMotion: "reduce",
  });
  const page = await context.newPage();
  const troubles: string[] = [];
  page.on("request", (request) => {
    const url = request.url();
    if (!/^(data|blob):/.test(url) && new URL(url).origin !== stack.url) troubles.push(`asked ${url}`);
  });
  // A refused request, and whatever the content security policy forbids, are messages of the console too.
  page.on("console", (entry) => {
    if (["error", "warning"].includes(entry.type())) troubles.push(entry.text());
  });
  page.on("pageerror", (error) => troubles.push(error.message));
  return { page, troubles };
}

/** Signs in by the form, and waits until the console is there. */
export async function signIn({ page }: Console, username: string, password: string): Promise<void> {
  await page.goto("/console/sign-in");
  await page.locator('input[autocomplete="username"]').fill(username);
  await page.locator('input[type="password"]').fill(password);
  await page.locator('button[type="submit"]').click();
  await page.locator("#content h1").waitFor();
}

/** Runs `work` with the console of the administrator, in which nothing may go wrong. */
export const asAdministrator = (
  browser: Browser,
  stack: Pick<TestStack, "url">,
  work: (open: Console) => Promise<void>,
): Promise<void> =>
  withConsole(browser, stack, async (open) => {
    await signIn(open, "admin", PASSWORD);
    await work(open);
    expect(open.troubles).toEqual([]);
  });

/** Waits until the console says this of what was done. */
export const told = ({ page }: Console, text: string): Promise<void> =>
  page.getByText(text, { exact: true }).first().waitFor();

/** Opens a path, waits until it has loaded what it shows, and expects that nothing is wrong with it. */
export async function visit(open: Console, path: string, view: View): Promise<void> {
  await open.page.goto(path);
  await expectLoaded(open, path, view);
}

/** The same on the way that links lead: what is shown is exchanged, and nothing is loaded anew. */
export async function follow(open: Console, path: string, view: View): Promise<void> {
  if (new URL(open.page.url()).pathname !== path) await exchange(open, path);
  await expectLoaded(open, path, view);
}

async function exchange(open: Console, path: string): Promise<void> {
  const before = await open.page.locator("h1").first().elementHandle();
  // What the pointer is over by chance has other colours.
  await open.page.mouse.move(0, 0);
  await open.page.evaluate((to) => {
    history.pushState(null, "", to);
    dispatchEvent(new PopStateEvent("popstate"));
  }, path);
  await before?.waitForElementState("hidden");
}

async function expectLoaded(open: Console, path: string, view: View): Promise<void> {
  await open.page.locator("h1").first().waitFor();
  await open.page.waitForFunction(() => document.querySelector('[aria-busy="true"]') === null);
  await expectSound(open, view, `${path} ${Object.values(view).join(" ")}`);
}

/** Expects of what is shown: no trouble, nothing wider than the window, nothing that assistive technology cannot use. */
export async function expectSound({ page, troubles }: Console, view: View, where: string): Promise<void> {
  await page.evaluate(endOfAnimations);
  expect(await page.evaluate(() => document.documentElement.lang), where).toBe(view.language);
  expect(await page.evaluate(() => document.documentElement.classList.contains("dark")), where).toBe(
    view.theme === "dark",
  );
  expect(
    await page.evaluate(() => document.documentElement.scrollWidth),
    `${where}: width`,
  ).toBeLessThanOrEqual(view.width);
  expect(await seriousFaults(page), where).toEqual([]);
  expect(troubles, where).toEqual([]);
}

type AxeResult = {
  violations: { id: string; impact: string; nodes: { html: string; failureSummary: string }[] }[];
};

type Axe = { axe: { run: (where: Document, options: object) => Promise<AxeResult> } };

async function seriousFaults(page: Page): Promise<string[]> {
  // Evaluated by the debugger, which the page's content security policy does not hold back.
  if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(axe.source);
  const { violations } = await page.evaluate(
    // Without what passes, and without loading the style sheets once more, which only a rule about turned screens reads.
    (options) => (globalThis as unknown as Axe).axe.run(document, options),
    { resultTypes: ["violations"], preload: false },
  );
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`));
}

/** Waits in the page until what appears has appeared: while it is half transparent, its colours are not its own. */
const endOfAnimations = async () => {
  const ending = document
    .getAnimations()
    .filter(({ effect }) => effect?.getComputedTiming().iterations !== Infinity);
  await Promise.allSettled(ending.map(({ finished }) => finished));
};
