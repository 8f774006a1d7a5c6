import { existsSync, readFileSync } from "node:fs";
import { appendFile, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi, type TestContext } from "vitest";
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
/** So many tests at once: their agents wait for the next check most of the time. */
const AT_ONCE = 3;

vi.setConfig({ maxConcurrency: AT_ONCE });

let folder: string;
let farm: Farm;
let apiKey: string;
let versions: AgentVersions;
let count = 0;

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

/** An agent of a server of its own, which alone takes the tasks of its test, and keeps itself up to date. */
async function begin(
  { onTestFinished }: TestContext,
  changes: object | null = {},
  software = `agent-${++count}`,
) {
  const auto_update = changes && { software, ...times, ...changes };
  const type = `hold-${++count}`;
  const options = { max_concurrent_tasks: 2, ...(auto_update && { auto_update }) };
  const home = await agentFolder({ [type]: hold }, options);
  const { agent_token: token } = await farm.addServer(type);
  const agents: ReturnType<typeof startAgent>[] = [];
  onTestFinished(async () => {
    await Promise.all(agents.map((agent) => agent.end("SIGTERM")));
    await home.remove();
  });
  const held = (name: string) => ({
    pids: join(home.folder, `${name}.pids`),
    release: join(home.folder, name),
  });
  return {
    folder: home.folder,
    start() {
      const agent = startAgent(home.folder, ["--server", farm.url], { SLIPWAY_AGENT_TOKEN: token });
      agents.push(agent);
      return agent;
    },
    publish: (version: string, change?: Change) => publish(software, version, change),
    told: (version: string) => told(software, version),
    create: (name: string) => farm.create(type, held(name)),
    letGo: (name: string) => writeFile(held(name).release, ""),
    pidsOf: (name: string) =>
      existsSync(held(name).pids) ? readFileSync(held(name).pids, "utf8").trim().split("\n").map(Number) : [],
  };
}

async function publish(software: string, version: string, change?: Change): Promise<void> {
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
async function told(software: string, version: string) {
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

const completed = (id: string) => farm.until(id, ({ status }) => status === "completed");
async function eventually(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 20));
}
const countOf = (agent: { lines: string[] }, pattern: RegExp) =>
  agent.lines.filter((line) => pattern.test(line)).length;

test.concurrent("an agent that is to update lets its task end, takes no other, and goes on as the new version", async (t) => {
  const own = await begin(t);
  const agent = own.start();
  await agent.line(/agent started version=0\.1\.0/);
  const first = await own.create("first");
  await eventually(() => own.pidsOf("first").length === 1);
  await own.publish("0.2.0");
  await agent.line(/update fetched version=0\.2\.0/);
  await new Promise((resolve) => setTimeout(resolve, 1500));
  const second = await own.create("second");
  await new Promise((resolve) => setTimeout(resolve, 2500));
  expect(await farm.task(second)).toMatchObject({ status: "pending" });
  expect(own.pidsOf("first").filter(isAlive)).toHaveLength(1);

  await own.letGo("first");
  expect(await completed(first)).toMatchObject({ attempt: 1, result: { done: true } });
  await agent.line(/agent started version=0\.2\.0/);
  await agent.line(/version proved version=0\.2\.0/);
  await own.letGo("second");
  expect(await completed(second)).toMatchObject({ attempt: 1 });
  expect([own.pidsOf("first"), own.pidsOf("second")].map(({ length }) => length)).toEqual([1, 1]);
  expect(await farm.checkLedger()).toMatchObject({ ok: true });
  await expect.poll(() => own.told("0.2.0"), POLLING).toEqual({ reports: 1, installed: 1, failures: 0 });
});

test.concurrent("it keeps the version that has proved itself when it is started again", async (t) => {
  const own = await begin(t);
  const agent = own.start();
  await own.publish("0.2.0");
  await agent.line(/version proved/);
  await agent.end("SIGTERM");
  expect(countOf(agent, /agent started version=0\.1\.0/)).toBe(1);
  const again = own.start();
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

test.concurrent.for(broken)(
  "a version that %s is given up, and not tried again",
  async ([, why, change], t) => {
    const own = await begin(t, { ready_seconds: 3, proof_minutes: 1 });
    const agent = own.start();
    await agent.line(/server reached/);
    await own.publish("0.3.0", change);
    const line = await agent.line(/version given up version=0\.3\.0/);
    expect(line).toMatch(why);
    await expect.poll(() => own.told("0.3.0"), POLLING).toEqual({ reports: 1, installed: 1, failures: 1 });
    await eventually(() => countOf(agent, /agent started version=0\.1\.0/) === 2);
    const id = await own.create("after");
    await own.letGo("after");
    expect(await completed(id)).toMatchObject({ attempt: 1 });
    await new Promise((resolve) => setTimeout(resolve, 3000));
    expect(countOf(agent, /update fetched/)).toBe(1);
    await own.publish("0.4.0");
    await agent.line(/agent started version=0\.4\.0/);
  },
);

test.concurrent("a file that was changed on the disk is not run", async (t) => {
  const own = await begin(t);
  const agent = own.start();
  await own.publish("0.2.0");
  await agent.line(/version proved/);
  await agent.end("SIGTERM");
  const program = join(own.folder, "work", "update", "0.2.0", "slipway-agent.mjs");
  await appendFile(program, "\nconsole.log('changed');");
  const again = own.start();
  await again.line(/agent started version=0\.1\.0/);
  await again.line(/version proved version=0\.2\.0/);
  expect(countOf(again, /changed/)).toBe(0);
});

test.concurrent("killed while its task ends, it completes the task once and then updates", async (t) => {
  const own = await begin(t);
  const agent = own.start();
  const id = await own.create("task");
  await eventually(() => own.pidsOf("task").length === 1);
  await own.publish("0.2.0");
  await agent.line(/update fetched/);
  await agent.end("SIGKILL");
  const again = own.start();
  await eventually(() => own.pidsOf("task").length === 2);
  expect(own.pidsOf("task").filter(isAlive)).toHaveLength(1);
  await own.letGo("task");
  expect(await completed(id)).toMatchObject({ attempt: 1 });
  await again.line(/version proved version=0\.2\.0/);
});

test.concurrent("killed while a version is on trial, it goes on with the trial", async (t) => {
  const own = await begin(t, { proof_minutes: 0.1 });
  const agent = own.start();
  await own.publish("0.2.0");
  await agent.line(/agent started version=0\.2\.0/);
  await agent.end("SIGKILL");
  const again = own.start();
  await again.line(/agent started version=0\.2\.0/);
  await again.line(/version proved version=0\.2\.0/);
  expect(countOf(again, /update fetched/)).toBe(0);
});

test.concurrent("tasks that take too long put the update off, and others are taken meanwhile", async (t) => {
  const own = await begin(t, { drain_minutes: 0.03 });
  const agent = own.start();
  const long = await own.create("long");
  await eventually(() => own.pidsOf("long").length === 1);
  await own.publish("0.2.0");
  await agent.line(/update put off/);
  const short = await own.create("short");
  await own.letGo("short");
  expect(await completed(short)).toMatchObject({ attempt: 1 });
  await own.letGo("long");
  expect(await completed(long)).toMatchObject({ attempt: 1 });
  await agent.line(/version proved/);
});

test.concurrent("without auto_update nothing is asked for, and nothing is kept", async (t) => {
  const own = await begin(t, null, "slipway-agent");
  await own.publish("0.2.0");
  const agent = own.start();
  await agent.line(/server reached/);
  await new Promise((resolve) => setTimeout(resolve, 2000));
  expect(await readdir(join(own.folder, "work"))).not.toContain("update");
  expect(countOf(agent, /version=0\.2\.0/)).toBe(0);
});
