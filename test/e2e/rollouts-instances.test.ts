import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { ownStack } from "../support/own-stack.ts";
import { publish } from "../support/publish.ts";
import { movesOf, reportsOf, tellsOf } from "../support/rollout-history.ts";
import { askRollout, say } from "../support/rollouts.ts";
import { withStack, type TestStack } from "../support/stack.ts";
import { startReceiver, type Receiver } from "../webhooks/receiver.ts";

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const MINUTE = "* * * * *";
const STEPS = [10, 20, 40, 60, 80, 100];
/** Devices of one call. */
const CALL = 5;
/** Calls that each of two instances gets for each title. */
const CALLS = 24;

const settings = { SIGNALS_PER_MINUTE: "1000000" };
const openFirst = ownStack(settings);
let receiver: Receiver;
beforeAll(async () => {
  receiver = await startReceiver();
});
afterAll(() => receiver.stop());

/** The settings of another instance on a stack's database and bucket. */
function beside({ url, settings: first }: TestStack): Record<string, string> {
  const names = ["LIBSQL_URL", "LIBSQL_AUTH_TOKEN", "JWT_SECRET", "API_KEY", "ADMIN_PASSWORD"];
  const bucket = [
    "S3_REGION",
    "S3_BUCKET",
    "S3_ACCESS_KEY_ID",
    "S3_SECRET_ACCESS_KEY",
    "S3_FORCE_PATH_STYLE",
  ];
  const same = [...names, ...bucket].map((name) => [name, first[name] ?? ""]);
  return { ...settings, ...Object.fromEntries(same), S3_ENDPOINT: `${url}/s3` };
}

async function startRollout(stack: TestStack, software: string, reports: number) {
  await publish(stack, { software, version: "1.0.0" });
  const steps = STEPS.map((percent, step) => ({ percent, min_hours: 0, min_reports: reports * (step + 1) }));
  const policy = { max_failure_rate: 20, min_reports: 20, on_failure: "pause" };
  const made = await askRollout(stack, { software, version: "1.0.0", steps, policy });
  expect(made.status, made.text).toBe(201);
}

/** Devices of an instance that say the same of a title, a few in each call, all calls at once: so decisions race. */
async function crowd(stack: TestStack, name: string, software: string, event: "started" | "failed") {
  const calls = Array.from({ length: CALLS }, (_, call) =>
    Array.from({ length: CALL }, (_device, index) => `${name}-${call}-${index}`),
  );
  await Promise.all(calls.map((devices) => say(stack, { software, version: "1.0.0", event }, devices)));
}

test("two instances on one database decide each step once, and tell and audit it once", async () => {
  const first = openFirst();
  await withStack(beside(first), async (second) => {
    await startRollout(first, "by-clock", 0);
    await startRollout(second, "by-signals", 40);
    await startRollout(first, "failing", 1000);
    const json = { url: `${receiver.url}/all` };
    expect((await second.request("/api/v1/webhooks", { json, asPublisher: true })).status).toBe(201);
    const instances = [first, second];
    await Promise.all([
      ...instances.map((stack, number) => crowd(stack, `a${number}`, "by-signals", "started")),
      ...instances.map((stack, number) => crowd(stack, `b${number}`, "failing", "failed")),
      ...STEPS.flatMap(() => instances.map((stack) => stack.runCron(MINUTE))),
    ]);
    for (const _step of STEPS) await Promise.all([first.runCron(MINUTE), second.runCron(MINUTE)]);

    const whole = ["raise 2", "raise 3", "raise 4", "raise 5", "raise 6", "complete 6"];
    const expected = { "by-clock": whole, "by-signals": whole, failing: ["pause 1"] };
    expect(await movesOf(first)).toEqual(expected);
    expect(await reportsOf(first)).toEqual({ "by-signals": 2 * CALLS * CALL, failing: 2 * CALLS * CALL });
    await receiver.until("/all", 2 * whole.length + 1);
    await Promise.all([first.runCron(MINUTE), second.runCron(MINUTE)]);
    expect(tellsOf(receiver.at("/all"))).toEqual(expected);
  });
});
