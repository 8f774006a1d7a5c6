import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import type { Bench } from "./bench-stack.ts";
import { inWindow, launchBrowser, signInToConsole, type Cookies } from "./browser.ts";
import { atLeast, atMost, median, short } from "./figure.ts";
import type { Figure } from "./figure.ts";
import { writeRandom } from "./files.ts";
import { startLine } from "./line.ts";
import { publishUntilOffered, TARGET, untilOffered } from "./publish-cli.ts";
import { startRealStack } from "./real-stack.ts";
import type { RealStack } from "./real-stack.ts";

const MEBIBYTES = 1024;
/** Few, and each round's files are removed: memory that a virtual machine touches for the first time slows the later ones. */
const PUBLICATIONS = 3;
const LEAST = 0.8;
/** A fast line of an office, 500 Mbit/s, in bytes a second. */
const LINE = 62_500_000;
const VISITS = 5;
const MOST_SECONDS = 1.5;
/** How many times slower the processor is made for the overview, as in an old computer. */
const SLOWER = 4;
const LONG_MS = 240_000;
/** A stack is idle that takes less than so many seconds of CPU between two looks. */
const IDLE_SECONDS = 0.1;
const LOOK_MS = 1_000;
const MOST_LOOKS = 30;

type Signed = { browser: Browser; stack: RealStack; cookies: Cookies };

/** What the console takes for a file of 1 GiB, compared with the command line; and until its overview shows its figures. */
export async function measureConsole(bench: Bench): Promise<Figure[]> {
  const stack = await startRealStack(bench, "slipway");
  try {
    const browser = await launchBrowser();
    try {
      const signed = { browser, stack, cookies: await signInToConsole(browser, stack) };
      return [
        await publishThroughPage(bench, signed, "on this machine"),
        await publishOverLine(bench, signed),
        await openOverview(bench, signed),
      ];
    } finally {
      await browser.close();
    }
  } finally {
    await stack.stop();
  }
}

/** The same as somebody elsewhere would see it. */
async function publishOverLine(bench: Bench, signed: Signed): Promise<Figure> {
  const line = await startLine(signed.stack.url, LINE);
  try {
    const stack = { ...signed.stack, url: line.url };
    return await publishThroughPage(bench, { ...signed, stack }, "over a line of 500 Mbit/s");
  } finally {
    await line.stop();
  }
}

async function publishThroughPage(
  bench: Bench,
  { browser, stack, cookies }: Signed,
  where: string,
): Promise<Figure> {
  const [byPage, byCli, cpu]: [number[], number[], number[]] = [[], [], []];
  for (let round = 0; round < PUBLICATIONS; round++) {
    bench.say(`publish by the console ${where}: round ${round + 1} of ${PUBLICATIONS}`);
    byCli.push(
      await withFile(bench, async (file, version) => {
        await untilIdle(stack);
        const { offered } = await publishUntilOffered(stack, { version, file, home: bench.folder });
        return offered;
      }),
    );
    const before = stack.cpuSeconds();
    byPage.push(
      await withFile(bench, (file, version) =>
        inWindow(browser, stack.url, cookies, (page) => publishInPage(stack, page, file, version)),
      ),
    );
    cpu.push(stack.cpuSeconds() - before);
  }
  const ratios = byPage.map((seconds, round) => (byCli[round] ?? NaN) / seconds);
  const rate = (seconds: number[]) =>
    `${short(median(seconds))} s, ${short(MEBIBYTES / median(seconds))} MiB/s`;
  const what = `console: speed of publishing ${MEBIBYTES} MiB ${where} / command line`;
  return atLeast(LEAST, "x", what, ratios, [
    `in the page, from the click until a client is offered the version: ${rate(byPage)}`,
    `by the command line, from its start until then: ${rate(byCli)}`,
    `${short(median(cpu))} s of CPU of all processes of the stack for the page's`,
  ]);
}

let published = 0;

/** Runs `publish` with a new file whose name says what is in it, and removes the file. */
async function withFile(
  bench: Bench,
  publish: (file: string, version: string) => Promise<number>,
): Promise<number> {
  const version = `1.${published++}.0`;
  const file = join(bench.folder, `omega-v${version}-full-${TARGET.platform}-${TARGET.arch}.zip`);
  await writeRandom(file, MEBIBYTES);
  try {
    return await publish(file, version);
  } finally {
    await rm(file);
  }
}

/** Waits until the stack has taken the further hashes of what was published before, which it does behind its answers. */
async function untilIdle(stack: RealStack): Promise<void> {
  for (let looks = 0; looks < MOST_LOOKS; looks++) {
    const before = stack.cpuSeconds();
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    if (stack.cpuSeconds() - before < IDLE_SECONDS) return;
  }
}

async function publishInPage(stack: RealStack, page: Page, file: string, version: string): Promise<number> {
  await page.goto("/console/publish");
  await page.locator('input[type="file"][multiple]:not([webkitdirectory])').setInputFiles(file);
  const publish = page.getByRole("button", { name: "Publish now" });
  await publish.waitFor();
  await untilIdle(stack);
  const { offered } = await untilOffered(stack, version, async () => {
    await publish.click();
    await page.getByText(`omega ${version} is published`).waitFor({ timeout: LONG_MS });
  });
  return offered;
}

async function openOverview(bench: Bench, { browser, stack, cookies }: Signed): Promise<Figure> {
  bench.say(`overview of the console: ${VISITS} visits`);
  await untilIdle(stack);
  const seconds: number[] = [];
  for (let visit = 0; visit < VISITS; visit++)
    seconds.push(await inWindow(browser, stack.url, cookies, secondsUntilShown));
  return atMost(MOST_SECONDS, "s", "console: overview until its panels show their figures", seconds, [
    `signed in, with an empty cache, the browser's processor ${SLOWER} times as slow`,
  ]);
}

/** Seconds from the navigation until no panel of the overview waits for its figures any more. */
async function secondsUntilShown(page: Page): Promise<number> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("Emulation.setCPUThrottlingRate", { rate: SLOWER });
  await page.addInitScript(watchPanels);
  // A panel that needs another's answer first comes later than the others: only then is the network silent.
  await page.goto("/console", { waitUntil: "networkidle" });
  const shown = await page.waitForFunction(() => (globalThis as Watched).shownAt);
  return ((await shown.jsonValue()) ?? NaN) / 1000;
}

type Watched = typeof globalThis & { shownAt?: number };

/** Runs in the page: notes the moment, in milliseconds since the navigation, from which on no panel waits. */
function watchPanels(): void {
  const watched = globalThis as Watched;
  const look = () => {
    const panels = document.querySelectorAll("#content section[aria-busy]");
    const waiting = document.querySelector('#content [aria-busy="true"]');
    if (panels.length > 0 && waiting === null) watched.shownAt ??= performance.now();
    else delete watched.shownAt;
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}
