import { readFile } from "node:fs/promises";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { agentFolder, startAgent } from "../gpu-agent/agent-process.ts";
import { type Account, newAccount, PASSWORD } from "../support/accounts.ts";
import { type Console, hasBrowser, launch, signIn, views, visit, withConsole } from "../support/console.ts";
import { type TestStack, withStack } from "../support/stack.ts";

const browserTest = test.skipIf(!hasBrowser);
if (!hasBrowser) process.stderr.write("test/e2e/console-compute.test.ts is skipped: there is no Chromium\n");
const LONG = 600_000;

/** A minute costs so much that a task of seconds costs something to be seen. */
const settings = { ADMIN_PASSWORD: PASSWORD, PRICE_PER_MINUTE: "6.00", POLL_INTERVAL_SECONDS: "1" };

/** Copies its input as often as its config says, and tells so. */
const COPY = `
import { readFileSync, writeFileSync } from "node:fs";
let text = "";
for await (const chunk of process.stdin) text += chunk;
const { copies } = JSON.parse(text);
const { SLIPWAY_INPUT_DIR: input, SLIPWAY_OUTPUT_DIR: output } = process.env;
console.log(JSON.stringify({ progress: 50, message: "half way" }));
writeFileSync(output + "/copied.txt", readFileSync(input + "/one line.txt", "utf8").repeat(copies));
await new Promise((resolve) => setTimeout(resolve, 1000));
console.log(JSON.stringify({ result: { copies } }));
`;
const commands = { copy: { run: [process.execPath, "--input-type=module", "--eval", COPY] } };

let browser: Browser;
beforeAll(async () => {
  if (hasBrowser) browser = await launch();
});
afterAll(() => browser?.close());

const asSomebody = (
  stack: TestStack,
  work: (open: Console) => Promise<void>,
  { username }: Pick<Account, "username"> = { username: "admin" },
) =>
  withConsole(browser, stack, async (open) => {
    await signIn(open, username, PASSWORD);
    await work(open);
    expect(open.troubles).toEqual([]);
  });

const heading = (page: Page, name: string | RegExp) =>
  page.getByRole("heading", { name, level: 1 }).waitFor();
const told = (page: Page, sentence: string | RegExp) => page.getByText(sentence).first().waitFor();
const answer = (page: Page, button: string) =>
  page.getByRole("dialog").getByRole("button", { name: button }).click();

/** Makes codes worth 50 each, takes them away as a file, and leaves them as somebody prints them. */
async function makeCodes({ page }: Console): Promise<string[]> {
  await page.goto("/console/codes");
  await page.getByLabel("Value of each").fill("50");
  await page.getByLabel("How many codes").fill("2");
  await page.getByRole("button", { name: "Create", exact: true }).click();
  await told(page, "2 codes worth 100.00 in all are created");
  const [saved] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Save as CSV" }).click(),
  ]);
  const [names, ...lines] = (await readFile(await saved.path(), "utf8")).trim().split("\r\n");
  expect([names, lines.length]).toEqual(["code,amount,expires_at,batch_id", 2]);
  const codes = lines.map((line) => line.split(",")[0] ?? "");
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  expect(await page.locator("#code-sheet").innerText()).toContain(codes[1]);
  expect(await page.getByRole("heading", { name: "New codes" }).isVisible()).toBe(false);
  await page.locator("html.dark").waitFor({ state: "attached" });
  const paper = () =>
    [document.documentElement, document.body].map((one) => getComputedStyle(one).backgroundColor);
  expect(await page.evaluate(paper)).toEqual(["rgb(255, 255, 255)", "rgb(255, 255, 255)"]);
  await page.emulateMedia({ media: "screen", colorScheme: "light" });
  await page.getByRole("button", { name: "I have them" }).click();
  await answer(page, "I have them");
  await page.getByRole("heading", { name: "New codes" }).waitFor({ state: "detached" });
  return codes;
}

/** Registers a server, and gives the token that its page shows. */
async function register({ page }: Console): Promise<string> {
  await page.goto("/console/servers");
  await page.getByRole("link", { name: "Register a server" }).first().click();
  await page.getByLabel("Name").fill("gpu-01");
  await page.getByRole("button", { name: "Register a server" }).click();
  await told(page, "gpu-01 is registered");
  const token = await page.getByRole("region", { name: "Token" }).innerText();
  expect(await page.getByRole("region", { name: "Commands that set the agent up" }).innerText()).toContain(
    token,
  );
  await page.getByRole("link", { name: "To the server's page" }).click();
  await heading(page, "gpu-01");
  return token;
}

async function redeem({ page }: Console, code: string): Promise<void> {
  await page.goto("/console/money");
  await page.getByRole("textbox", { name: "Code" }).fill(code.toLowerCase());
  await page.getByRole("button", { name: "Redeem" }).click();
  await told(page, "50.00 added: the balance is 50.00");
  await page.getByRole("row", { name: /Recharge.*\+50\.00.*50\.00/ }).waitFor();
}

/** Makes a task with a file and a setting, sees it end, and gives the text of the file that it made. */
async function haveCopied({ page }: Console): Promise<string> {
  await page.goto("/console/tasks/new");
  await page.getByLabel("Type").fill("copy");
  await page.getByLabel("Title").fill("Copies");
  await page.getByLabel("Expected time (minutes)").fill("5");
  await told(page, "30.00 is held from your balance of 50.00");
  await page.getByRole("button", { name: "Add a setting" }).click();
  await page.getByLabel("Name 1").fill("copies");
  await page.getByLabel("Value 1").fill("3");
  const file = { name: "one line.txt", mimeType: "text/plain", buffer: Buffer.from("hello\n") };
  await page.locator('input[type="file"]').setInputFiles(file);
  await page.getByText("verified", { exact: true }).waitFor();
  await page.getByRole("button", { name: "Create the task" }).click();
  await heading(page, "Copies");
  await page.getByText("Completed", { exact: true }).waitFor();
  await page.getByRole("log").getByText("half way").waitFor();
  await page.getByText('"copies": 3').first().waitFor();
  const [saved] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "Download copied.txt" }).click(),
  ]);
  return readFile(await saved.path(), "utf8");
}

browserTest(
  "from a code and a server to a task that ran, its file and its charge",
  async () => {
    await withStack(settings, async (stack) => {
      const user = await newAccount(stack);
      let codes: string[] = [];
      let token = "";
      await asSomebody(stack, async (admin) => {
        codes = await makeCodes(admin);
        token = await register(admin);
      });
      const home = await agentFolder(commands);
      const agent = startAgent(home.folder, ["--server", stack.url], { SLIPWAY_AGENT_TOKEN: token });
      try {
        await agent.line(/server reached/);
        await asSomebody(
          stack,
          async (open) => {
            await redeem(open, codes[0] ?? "");
            expect(await haveCopied(open)).toBe("hello\nhello\nhello\n");
            await open.page.goto("/console/money");
            await open.page.getByRole("row", { name: /Charged for a task.*-0\.\d\d/ }).waitFor();
            await open.page.getByRole("row", { name: /Hold given back.*\+30\.00/ }).waitFor();
            await open.page.getByRole("img", { name: /^Balance over time: Balance from/ }).waitFor();
          },
          user,
        );
        await asSomebody(stack, (admin) => settled(admin, user));
        await soundWithData(stack);
      } finally {
        await agent.end("SIGTERM");
        await home.remove();
      }
    });
  },
  LONG,
);

/** What an administrator sees then: the ledger is right, the server online, and a balance can be set. */
async function settled({ page }: Console, { username }: Account): Promise<void> {
  await page.goto("/console/balances");
  await page.getByText("All money adds up", { exact: true }).waitFor();
  await page.getByRole("button", { name: `Set balance of ${username}` }).click();
  await page.getByRole("dialog").getByLabel("New balance").fill("7.5");
  await answer(page, "Set balance");
  await told(page, `The balance of ${username} is 7.50`);
  await page.getByRole("link", { name: username }).click();
  await heading(page, `Money of ${username}`);
  await page.getByRole("row", { name: /Set by an administrator.*7\.50/ }).waitFor();
  await page.goto("/console/servers");
  await page.getByRole("row", { name: /gpu-01.*Online/ }).waitFor();
}

/** The pages that need something to show, with it. */
async function soundWithData(stack: TestStack): Promise<void> {
  for (const view of views) {
    const look = async (open: Console) => {
      await signIn(open, "admin", PASSWORD);
      await open.page.goto("/console/tasks");
      const task = await open.page.locator('a[href^="/console/tasks/tsk_"]').first().getAttribute("href");
      await open.page.goto("/console/servers");
      const server = await open.page.locator('a[href^="/console/servers/gpu_"]').first().getAttribute("href");
      const from = `/console/tasks/new?from=${task?.split("/").at(-1)}`;
      for (const path of [
        "/console/tasks",
        task ?? "",
        from,
        server ?? "",
        "/console/balances",
        "/console/codes",
      ])
        await visit(open, path, view);
    };
    await withConsole(browser, stack, look, view);
  }
}

browserTest(
  "a task that waits is cancelled, run again, and deleted, and says each time what follows",
  async () => {
    await withStack(settings, async (stack) => {
      await asSomebody(stack, async ({ page }) => {
        await page.goto("/console/tasks/new");
        await page.getByLabel("Type").fill("train");
        await page.getByLabel("Title").fill("Waits");
        await told(page, "That is more than your balance of 0.00");
        await page.getByRole("link", { name: "Redeem a code" }).click();
        await heading(page, "Money");
      });
      const user = await newAccount(stack);
      await asSomebody(stack, async (admin) => {
        const [code = ""] = await makeCodes(admin);
        await asSomebody(stack, (open) => startAndEnd(open, code), user);
        await admin.page.goto("/console/codes?status=active");
        await admin.page.getByRole("button", { name: /^Disable OWL/ }).click();
        await answer(admin.page, "Disable");
        await told(admin.page, /OWL-.* is disabled/);
      });
    });
  },
  LONG,
);

async function startAndEnd(open: Console, code: string): Promise<void> {
  const { page } = open;
  await redeem(open, code);
  await page.goto("/console/tasks/new");
  await page.getByLabel("Type").fill("train");
  await page.getByLabel("Title").fill("Waits");
  await page.getByLabel("Expected time (minutes)").fill("2");
  await page.getByRole("button", { name: "Create the task" }).click();
  await heading(page, "Waits");
  await page.getByText("No GPU server is registered").waitFor();
  await page.getByRole("button", { name: "Cancel the task" }).click();
  await page.getByRole("dialog").getByText("comes back to the balance").waitFor();
  await answer(page, "Keep it");
  await page.getByRole("button", { name: "Cancel the task" }).click();
  await answer(page, "Cancel the task");
  await told(page, "“Waits” is cancelled");
  await page.getByRole("button", { name: "Run again" }).click();
  await answer(page, "Run again");
  await told(page, "“Waits” waits for a server again");
  await page.getByText("Pending", { exact: true }).waitFor();
  await page.getByRole("button", { name: "Cancel the task" }).click();
  await answer(page, "Cancel the task");
  await page.getByRole("button", { name: "Delete" }).click();
  await answer(page, "Delete");
  await heading(page, "Tasks");
  await page.getByText("No tasks yet").waitFor();
  await page.goto("/console/tasks?status=failed");
  await page.getByText("No task matches").waitFor();
}
