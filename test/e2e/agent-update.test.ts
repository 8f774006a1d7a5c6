import { existsSync, readFileSync } from "node:fs";
import { appendFile, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { ownMachine } from "../../scripts/client/own-machine.ts";
import { isAlive } from "../../scripts/process/processes.ts";
import type { Secrets } from "../../scripts/stack/secrets.ts";
import { agentFolder, startAgent } from "../gpu-agent/agent-process.ts";
import { startFarm, type Farm } from "../gpu-agent/farm.ts";
import { agentVersions, type AgentVersions, type Change } from "../support/agent-versions.ts";

/** Notes its process id, then runs until it is let go. */
const HOLD = `
import { appendFileSync, existsSync } from "node:fs";
let text = "";
for await (const chunk of process.stdin) text += chunk;
const { pids, release } = JSON.parse(text);
appendFileSync(pids, process.pid + "\\n");
const timer = setInterval(() => {
  if (!existsSync(release)) return;
  clearInterval(timer);
  console.log(JSON.stringify({ result: { done: true } }));
}, 20);
`;
const hold = { run: [process.execPath, "--input-type=module", "--eval", HOLD] };
/** Signals are told behind what happens. */
const POLLING = { timeout: 30_000 };
const times = { check_minutes: 0.02, ready_seconds: 30, proof_minutes: 0.01 };

let folder: string;
let farm: Farm;
let apiKey: string;
let versions: AgentVersions;
let home: Awaited<ReturnType<typeof agentFolder>>;
let agents: ReturnType<typeof startAgent>[] = [];
let count = 0;
let software: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "slipway-updates-"));
  const data = join(folder, "data");
  farm = await startFarm(data, {
    POLL_INTERVAL_SECONDS: "1",
    QUERIES_PER_MINUTE: "100000",
    UPLOADS_PER_HOUR: "1000",
  });
  ({ apiKey } = JSON.parse(await readFile(join(data, "secrets.json"), "utf8")) as Secrets);
  versions = await agentVersions();
});
afterAll(async () => {
  await farm.stop();
  await versions.remove();
  await rm(folder, { recursive: true, force: true });
});
beforeEach(() => {
  software = `agent-${++count}`;
});
afterEach(async () => {
  await Promise.all(agents.map((agent) => agent.end("SIGTERM")));
  agents = [];
  await home.remove();
});

/** An agent of a server of its own, which keeps itself up to date. */
async function begin(changes: object = {}, slots = 2) {
  const auto_update = { software, ...times, ...changes };
  home = await agentFolder({ hold }, { max_concurrent_tasks: slots, auto_update });
  const { agent_token: token } = await farm.addServer(software);
  const start = () => {
    const agent = startAgent(home.folder, ["--server", farm.url], { SLIPWAY_AGENT_TOKEN: token });
    agents.push(agent);
    return agent;
  };
  return { start, agent: start() };
}

async function publish(version: string, change?: Change): Promise<void> {
  const form = new FormData();
  const fields = { version, software, package_type: "full", api_key: apiKey, ...ownMachine };
  for (const [name, value] of Object.entries(fields)) form.set(name, String(value));
  // To all devices that name themselves, as agents do.
  form.set("rollout", JSON.stringify({ steps: [{ percent: 100 }], policy: { on_failure: "notify" } }));
  const bytes = await versions.pack(version, change);
  form.set("file", new Blob([new Uint8Array(bytes)]), `slipway-agent-${version}.tgz`);
  const answer = await fetch(`${farm.url}/api/v1/upload/package`, { method: "POST", body: form });
  expect(answer.status, await answer.text()).toBe(200);
}

/** What agents have told the server of a version. */
async function told(version: string): Promise<{ reports: number; installed: number; failures: number }> {
  const headers = { "x-api-key": apiKey };
  const answer = await fetch(`${farm.url}/api/v1/rollouts?software=${software}`, { headers });
  const { items } = (await answer.json()) as {
    items: { version: string; reports: number; installed: number; failures: number }[];
  };
  const { reports, installed, failures } = items.find((one) => one.version === version) ?? {
    reports: 0,
    installed: 0,
    failures: 0,
  };
  return { reports, installed, failures };
}

const held = (name: string) => ({
  pids: join(home.folder, `${name}.pids`),
  release: join(home.folder, name),
});
const letGo = (name: string) => writeFile(held(name).release, "");
const pidsOf = (name: string) =>
  existsSync(held(name).pids) ? readFileSync(held(name).pids, "utf8").trim().split("\n").map(Number) : [];
const completed = (id: string) => farm.until(id, ({ status }) => status === "completed");
async function eventually(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 20));
}
const countOf = (agent: { lines: string[] }, pattern: RegExp) =>
  agent.lines.filter((line) => pattern.test(line)).length;

test("an agent that is to update lets its task end, takes no other, and goes on as the new version", async () => {
  const { agent } = await begin();
  await agent.line(/agent started version=0\.1\.0/);
  const first = await farm.create("hold", held("first"));
  await eventually(() => pidsOf("first").length === 1);
  await publish("0.2.0");
  await agent.line(/update fetched version=0\.2\.0/);
  await new Promise((resolve) => setTimeout(resolve, 1500));
  const second = await farm.create("hold", held("second"));
  await new Promise((resolve) => setTimeout(resolve, 2500));
  expect(await farm.task(second)).toMatchObject({ status: "pending" });
  expect(pidsOf("first").filter(isAlive)).toHaveLength(1);

  await letGo("first");
  expect(await completed(first)).toMatchObject({ attempt: 1, result: { done: true } });
  await agent.line(/agent started version=0\.2\.0/);
  await agent.line(/version proved version=0\.2\.0/);
  await letGo("second");
  expect(await completed(second)).toMatchObject({ attempt: 1 });
  expect([pidsOf("first"), pidsOf("second")].map(({ length }) => length)).toEqual([1, 1]);
  expect(await farm.checkLedger()).toMatchObject({ ok: true });
  await expect.poll(() => told("0.2.0"), POLLING).toEqual({ reports: 1, installed: 1, failures: 0 });
});

test("it keeps the version that has proved itself when it is started again", async () => {
  const { agent, start } = await begin();
  await publish("0.2.0");
  await agent.line(/version proved/);
  await agent.end("SIGTERM");
  expect(countOf(agent, /agent started version=0\.1\.0/)).toBe(1);
  const again = start();
  await again.line(/agent started version=0\.2\.0/);
  await again.line(/server reached/);
  expect(countOf(again, /version=0\.1\.0/)).toBe(0);
});

const broken: [what: string, why: RegExp, change: Change][] = [
  ["ends at once", /ended by itself 3 times/, () => "process.exit(1);"],
  ["cannot be read", /ended by itself 3 times/, () => "this is no program"],
  ["never becomes ready", /not ready within 3 seconds/, () => "setInterval(() => {}, 1000);"],
  [
    "crashes soon after it was ready",
    /ended by itself 3 times/,
    (program) => program.replace("\n", "\nsetTimeout(() => process.exit(3), 2500);"),
  ],
];

test.each(broken)("a version that %s is given up, and not tried again", async (_what, why, change) => {
  const { agent } = await begin({ ready_seconds: 3, proof_minutes: 1 });
  await agent.line(/server reached/);
  await publish("0.3.0", change);
  const line = await agent.line(/version given up version=0\.3\.0/);
  expect(line).toMatch(why);
  await expect.poll(() => told("0.3.0"), POLLING).toEqual({ reports: 1, installed: 1, failures: 1 });
  await eventually(() => countOf(agent, /agent started version=0\.1\.0/) === 2);
  const id = await farm.create("hold", held("after"));
  await letGo("after");
  expect(await completed(id)).toMatchObject({ attempt: 1 });
  await new Promise((resolve) => setTimeout(resolve, 3000));
  expect(countOf(agent, /update fetched/)).toBe(1);
  await publish("0.4.0");
  await agent.line(/agent started version=0\.4\.0/);
});

test("a file that was changed on the disk is not run", async () => {
  const { agent, start } = await begin();
  await publish("0.2.0");
  await agent.line(/version proved/);
  await agent.end("SIGTERM");
  const program = join(home.folder, "work", "update", "0.2.0", "slipway-agent.mjs");
  await appendFile(program, "\nconsole.log('changed');");
  const again = start();
  await again.line(/agent started version=0\.1\.0/);
  await again.line(/version proved version=0\.2\.0/);
  expect(countOf(again, /changed/)).toBe(0);
});

test("killed while its task ends, it completes the task once and then updates", async () => {
  const { agent, start } = await begin();
  const id = await farm.create("hold", held("task"));
  await eventually(() => pidsOf("task").length === 1);
  await publish("0.2.0");
  await agent.line(/update fetched/);
  await agent.end("SIGKILL");
  const again = start();
  await eventually(() => pidsOf("task").length === 2);
  expect(pidsOf("task").filter(isAlive)).toHaveLength(1);
  await letGo("task");
  expect(await completed(id)).toMatchObject({ attempt: 1 });
  await again.line(/version proved version=0\.2\.0/);
});

test("killed while a version is on trial, it goes on with the trial", async () => {
  const { agent, start } = await begin({ proof_minutes: 0.1 });
  await publish("0.2.0");
  await agent.line(/agent started version=0\.2\.0/);
  await agent.end("SIGKILL");
  const again = start();
  await again.line(/agent started version=0\.2\.0/);
  await again.line(/version proved version=0\.2\.0/);
  expect(countOf(again, /update fetched/)).toBe(0);
});

test("tasks that take too long put the update off, and others are taken meanwhile", async () => {
  const { agent } = await begin({ drain_minutes: 0.03 });
  const long = await farm.create("hold", held("long"));
  await eventually(() => pidsOf("long").length === 1);
  await publish("0.2.0");
  await agent.line(/update put off/);
  const short = await farm.create("hold", held("short"));
  await letGo("short");
  expect(await completed(short)).toMatchObject({ attempt: 1 });
  await letGo("long");
  expect(await completed(long)).toMatchObject({ attempt: 1 });
  await agent.line(/version proved/);
});

test("without auto_update nothing is asked for, and nothing is kept", async () => {
  home = await agentFolder({ hold });
  const { agent_token: token } = await farm.addServer("plain");
  software = "slipway-agent";
  await publish("0.2.0");
  const agent = startAgent(home.folder, ["--server", farm.url], { SLIPWAY_AGENT_TOKEN: token });
  agents.push(agent);
  await agent.line(/server reached/);
  await new Promise((resolve) => setTimeout(resolve, 2000));
  expect(await readdir(join(home.folder, "work"))).not.toContain("update");
  expect(countOf(agent, /version=0\.2\.0/)).toBe(0);
});
