import { createHash, randomBytes } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { freePort, isAlive } from "../../scripts/process/processes.ts";
import { agentFolder, startAgent } from "../gpu-agent/agent-process.ts";
import { startFarm, type Farm, type Task } from "../gpu-agent/farm.ts";

/** In hundredths of a unit a minute: what a task costs is exact to a tenth of a second. */
const PRICE = 600;

/** The SHA-256 of each input file, in a file of their own, and their number as the result. */
const SUMS = `
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
const { SLIPWAY_INPUT_DIR: input, SLIPWAY_OUTPUT_DIR: output } = process.env;
const names = readdirSync(input).sort();
const sums = names.map((name) => createHash("sha256").update(readFileSync(input + "/" + name)).digest("hex") + "  " + name);
console.log(JSON.stringify({ progress: 40, message: "summed" }));
console.log("sums of " + names.join(", "));
writeFileSync(output + "/-r\\u00e9sum\\u00e9 of sums.txt", sums.join("\\n") + "\\n");
writeFileSync(output + "/empty", "");
mkdirSync(output + "/folder");
console.log(JSON.stringify({ result: { files: names.length } }));
`;
/** Notes its process id, then runs until it is let go, and leaves a file. */
const HOLD = `
import { appendFileSync, existsSync, writeFileSync } from "node:fs";
let text = "";
for await (const chunk of process.stdin) text += chunk;
const { pids, release } = JSON.parse(text);
appendFileSync(pids, process.pid + "\\n");
const timer = setInterval(() => {
  if (!existsSync(release)) return;
  clearInterval(timer);
  writeFileSync(process.env.SLIPWAY_OUTPUT_DIR + "/held", "held by " + process.env.SLIPWAY_ATTEMPT);
  console.log(JSON.stringify({ result: { done: true } }));
}, 20);
`;
const node = (code: string) => ({ run: [process.execPath, "--input-type=module", "--eval", code] });

let folder: string;
let farm: Farm;
let home: Awaited<ReturnType<typeof agentFolder>>;
let agents: ReturnType<typeof startAgent>[] = [];
/** What the tasks of all tests have cost, in hundredths. */
let spent = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "slipway-farm-"));
  const price = (PRICE / 100).toFixed(2);
  farm = await startFarm(join(folder, "data"), {
    POLL_INTERVAL_SECONDS: "1",
    LEASE_SECONDS: "60",
    PRICE_PER_MINUTE: price,
  });
});
afterAll(async () => {
  await farm.stop();
  await rm(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  home = await agentFolder({ sums: node(SUMS), hold: node(HOLD) }, { max_concurrent_tasks: 4 });
});
afterEach(async () => {
  await Promise.all(agents.map((agent) => agent.end("SIGTERM")));
  agents = [];
  await home.remove();
});

function start(token: string, args: string[] = []) {
  const agent = startAgent(home.folder, ["--server", farm.url, ...args], { SLIPWAY_AGENT_TOKEN: token });
  agents.push(agent);
  return agent;
}

const held = (release = "release") => ({
  pids: join(home.folder, "pids"),
  release: join(home.folder, release),
});
const pids = () =>
  existsSync(held().pids) ? readFileSync(held().pids, "utf8").trim().split("\n").map(Number) : [];
const letGo = (release?: string) => writeFile(held(release).release, "");

async function eventually(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 20));
}

/** Waits until a task has completed, and checks what that cost. */
async function completed(id: string) {
  const task = await farm.until(id, ({ status }) => status === "completed");
  spent += costOf(task);
  return task;
}

/** What an ended task was charged, in hundredths, which is what its time costs. */
function costOf(task: Task): number {
  const milliseconds = Date.parse(task.completed_at) - Date.parse(task.started_at);
  const cost = Math.ceil((milliseconds * PRICE) / 60_000);
  expect(Math.round(task.cost * 100)).toBe(cost);
  return cost;
}

/** With no task open: nothing is held, and all the money adds up. */
async function checkMoney() {
  expect(await farm.balance()).toBe((1_000_000 - spent) / 100);
  expect(await farm.checkLedger()).toMatchObject({ ok: true, problems: [] });
}

/** Has three files summed, one of them empty, and compares all that comes back with what was sent. */
async function haveSummed() {
  const files = { "a b.bin": randomBytes(100_000), nothing: new Uint8Array(), "ü.bin": randomBytes(10) };
  const inputs = await Promise.all(Object.entries(files).map(([name, bytes]) => farm.send(name, bytes)));
  const id = await farm.create("sums", { inputs });
  const task = await completed(id);
  expect(task).toMatchObject({ progress: 100, attempt: 1, result: { files: 3 } });
  const sums = Object.entries(files).map(
    ([name, bytes]) => `${createHash("sha256").update(bytes).digest("hex")}  ${name}\n`,
  );
  expect(task.outputs.map(({ file_name, size }) => [file_name, size])).toEqual([
    ["-résumé of sums.txt", Buffer.byteLength(sums.join(""))],
    ["empty", 0],
  ]);
  const outputs = await Promise.all(task.outputs.map(({ download_url }) => fetch(download_url)));
  expect(await Promise.all(outputs.map((output) => output.text()))).toEqual([sums.join(""), ""]);
  const lines = await farm.lines(id);
  for (const line of [
    "summed",
    "sums of a b.bin, nothing, ü.bin",
    "output folder is left out: only plain files are kept",
  ])
    expect(lines).toContain(line);
}

test("an agent that asks: from a file that a user sends to one that the user fetches", async () => {
  const { agent_token: token } = await farm.addServer("pulling");
  const agent = start(token);
  await agent.line(/server reached/);
  await haveSummed();
  await agent.line(/task reported/);
  expect(agent.lines.map((line) => line.split(" ").slice(1, 4).join(" "))).toEqual([
    expect.stringMatching(/^info agent started/),
    expect.stringMatching(/^info server reached/),
    expect.stringMatching(/^info task started/),
    expect.stringMatching(/^info task completed/),
    expect.stringMatching(/^info task reported/),
  ]);
  expect(agent.lines.join("\n")).not.toContain(token);
  await checkMoney();
});

test("an agent that is called, cancelled and timed like one that asks", async () => {
  const port = await freePort();
  const address = { agent_url: `http://127.0.0.1:${port}` };
  const { id: serverId, agent_token: token } = await farm.addServer("called", address);
  const agent = start(token, ["--listen", String(port), "--host", "127.0.0.1"]);
  await agent.line(/server reached/);
  await haveSummed();
  const id = await farm.create("hold", held());
  await eventually(() => pids().length === 1);
  await farm.cancel(id);
  await agent.line(/task cancelled/);
  await eventually(() => !pids().some(isAlive));
  spent += costOf(await farm.task(id));
  await farm.changeServer(serverId, { is_active: false });
  await checkMoney();
});

test("killed in the middle of a task and started again, it completes it once", async () => {
  const { agent_token: token } = await farm.addServer("killed");
  const first = start(token);
  const id = await farm.create("hold", held());
  await eventually(() => pids().length === 1);
  await first.end("SIGKILL");
  start(token);
  await eventually(() => pids().length === 2);
  expect(pids().filter(isAlive)).toHaveLength(1);
  await letGo();
  expect(await completed(id)).toMatchObject({
    attempt: 1,
    result: { done: true },
    outputs: [{ file_name: "held" }],
  });
  await checkMoney();
});

test("a server that goes away while a task runs, and one whose result waits, loses neither", async () => {
  const { agent_token: token } = await farm.addServer("left alone");
  const agent = start(token);
  const waits = await farm.create("hold", held("first"));
  const runs = await farm.create("hold", held("second"));
  await eventually(() => pids().length === 2);
  await farm.stop();
  await letGo("first");
  await agent.line(/server not reached/);
  await farm.startAgain();
  expect(await completed(waits)).toMatchObject({ attempt: 1, outputs: [{ file_name: "held", size: 9 }] });
  await letGo("second");
  expect(await completed(runs)).toMatchObject({ attempt: 1, outputs: [{ file_name: "held", size: 9 }] });
  expect(pids(), "each command ran once").toHaveLength(2);
  await checkMoney();
});

test("a cancelled task's process ends with the next heartbeat", async () => {
  const { agent_token: token } = await farm.addServer("cancelled");
  const agent = start(token);
  const id = await farm.create("hold", held());
  await eventually(() => pids().length === 1);
  await farm.cancel(id);
  await agent.line(/task cancelled/);
  await eventually(() => !pids().some(isAlive));
  const task = await farm.task(id);
  expect(task.status).toBe("cancelled");
  spent += costOf(task);
  await checkMoney();
});

test("a token that was replaced: results wait for a start with the new one", async () => {
  const { id: serverId, agent_token: token } = await farm.addServer("rotated");
  const first = start(token);
  const id = await farm.create("hold", held());
  await eventually(() => pids().length === 1);
  const fresh = await farm.rotate(serverId);
  await first.line(/token refused/);
  await letGo();
  await eventually(() => !pids().some(isAlive));
  await first.end("SIGTERM");
  expect(first.lines.filter((line) => line.includes("token refused"))).toHaveLength(1);
  expect((await farm.task(id)).status).toBe("running");
  start(fresh);
  expect(await completed(id)).toMatchObject({ attempt: 1, result: { done: true } });
  expect(pids(), "the command ran once").toHaveLength(1);
  await checkMoney();
});
