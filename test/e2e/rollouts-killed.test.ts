import { readFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { freePort, isAlive, waitUntilGone } from "../../scripts/process/processes.ts";
import type { Secrets } from "../../scripts/stack/secrets.ts";
import { execute } from "../support/behind.ts";
import { packageForm } from "../support/publish.ts";
import { movesOf, reportsOf, tellsOf } from "../support/rollout-history.ts";
import { startServer, type ServerProcess } from "../support/server-process.ts";
import { withStackIn } from "../support/stack.ts";
import { startReceiver, type Receiver } from "../webhooks/receiver.ts";

vi.setConfig({ testTimeout: 180_000, hookTimeout: 60_000 });

const STEPS = [10, 20, 40, 60, 80, 100];
/** Devices of each title; those of the first start, those of the second crash. */
const DEVICES = 240;
const titles = { good: "started", bad: "crashed" } as const;
/** How many calls were accepted when something is killed: in between, decisions fall. */
const KILLS = [
  { at: 30, what: "workerd" },
  { at: 90, what: "everything" },
  { at: 150, what: "workerd" },
] as const;
/** More than the guard gives a server before it kills it. */
const GONE_MS = 20_000;
/** Calls under way at once, one device each. */
const AT_ONCE = 4;

let folder: string;
let receiver: Receiver;
let server: ServerProcess;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "slipway-killed-"));
  receiver = await startReceiver();
});
afterAll(async () => {
  if (isAlive(server.pid)) process.kill(server.pid, "SIGTERM");
  await server.exited;
  // Where the test has failed after a kill, the servers are ended by a guard, which finds them by files in the folder.
  for (const pid of server.servers()) await waitUntilGone(pid, GONE_MS);
  await receiver.stop();
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
});

test("what is killed loses no decision and no signal that was accepted, and nothing happens twice", async () => {
  const settings = {
    PORT: String(await freePort()),
    POLL_INTERVAL_SECONDS: "1",
    SIGNALS_PER_MINUTE: "1000000",
  };
  const start = () => (server = startServer(join(folder, "data"), settings)).ready;
  const url = await start();
  await prepare(url);
  const kills: Promise<unknown>[] = [];
  await sendAll(url, (accepted) => {
    const what = KILLS.find(({ at }) => at === accepted)?.what;
    if (what === "workerd") process.kill(server.pidOf("workerd"), "SIGKILL");
    if (what !== "everything") return;
    process.kill(server.pid, "SIGKILL");
    kills.push(server.exited.then(start));
  });
  await Promise.all(kills);
  process.kill(server.pid, "SIGTERM");
  await server.exited;

  await withStackIn(folder, {}, async (stack) => {
    // Leases of what was killed end in a minute and a half.
    await execute(stack, "UPDATE jobs SET lease_until = 0");
    await execute(
      stack,
      "UPDATE webhook_deliveries SET next_at = 0, lease_until = 0 WHERE state = 'pending'",
    );
    for (const _step of STEPS) await stack.runCron("* * * * *");
    const good = ["raise 2", "raise 3", "raise 4", "raise 5", "raise 6", "complete 6"];
    expect(await movesOf(stack)).toEqual({ good, bad: ["pause 1"] });
    expect(await reportsOf(stack)).toEqual({ good: DEVICES, bad: DEVICES });
    await vi.waitFor(
      async () => {
        await stack.runCron("* * * * *");
        expect(tellsOf(receiver.at("/all"))).toEqual({ good, bad: ["pause 1"] });
      },
      { timeout: 20_000 },
    );
  });
});

/** Publishes a title for each kind of device, rolls it out, and listens. */
async function prepare(url: string) {
  const { apiKey } = JSON.parse(await readFile(join(folder, "data", "secrets.json"), "utf8")) as Secrets;
  const send = async (path: string, body: FormData | object) => {
    const isForm = body instanceof FormData;
    const headers = { "x-api-key": apiKey, ...(!isForm && { "content-type": "application/json" }) };
    const answer = await fetch(url + path, {
      method: "POST",
      headers,
      body: isForm ? body : JSON.stringify(body),
    });
    expect(answer.ok, await answer.text()).toBe(true);
  };
  await send("/api/v1/webhooks", {
    url: `${receiver.url}/all`,
    events: ["rollout.raised", "rollout.paused", "rollout.completed"],
  });
  const share = DEVICES / STEPS.length;
  const steps = STEPS.map((percent, step) => ({ percent, min_hours: 0, min_reports: share * (step + 1) }));
  const policy = { max_failure_rate: 20, min_reports: DEVICES / 2, on_failure: "pause" };
  for (const software of Object.keys(titles)) {
    await send(
      "/api/v1/upload/package",
      packageForm({ software, version: "1.0.0", package_type: "full" }, new Uint8Array(100)),
    );
    await send("/api/v1/rollouts", { software, version: "1.0.0", steps, policy });
  }
}

/** Has each device say what it has to until that is accepted. */
async function sendAll(url: string, onAccepted: (count: number) => void) {
  const said = Array.from({ length: DEVICES }, (_, device) =>
    Object.entries(titles).map(([software, event]) => ({
      software,
      event,
      version: "1.0.0",
      device_id: `device-${device}`,
    })),
  ).flat();
  let accepted = 0;
  const sendOn = async () => {
    for (let next = said.pop(); next; next = said.pop()) {
      while (!(await isAccepted(url, next))) await new Promise((resolve) => setTimeout(resolve, 20));
      onAccepted(++accepted);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, sendOn));
}

async function isAccepted(url: string, signal: object): Promise<boolean> {
  const request = {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(signal),
  };
  try {
    const answer = await fetch(`${url}/api/v1/signals`, request);
    // What is killed may still have sent the head of its answer.
    await answer.text();
    return answer.status === 202;
  } catch {
    return false;
  }
}
