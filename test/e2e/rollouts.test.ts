import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setVelopackLogger } from "velopack";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { DescribedRollout } from "../../functions/rollouts/schemas.ts";
import { ownStack } from "../support/own-stack.ts";
import { newBytes, sha256Of } from "../support/publish.ts";
import { blockmapOf, release, sendDraft, sendHeldCompanion } from "../support/releases.ts";
import { toldOnce } from "../support/rollout-history.ts";
import { devicesBetween, say } from "../support/rollouts.ts";
import { all, found, nothing, velopackOfNpm } from "../support/three-updaters.ts";
import { nupkg } from "../support/velopack.ts";
import { isSignedWith, startReceiver, type Receiver } from "../webhooks/receiver.ts";

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const SOFTWARE = "omega";
const [OLD, NEW] = ["1.0.0", "2.0.0"];
const PERCENTS = [10, 30, 60, 100] as const;
/** Devices that have to have reported before each step ends; the last does not end here. */
const REPORTS = [10, 40, 60, 1000];

const openStack = ownStack({ SIGNALS_PER_MINUTE: "1000000" });
let folder: string;
let receiver: Receiver;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "slipway-rollouts-"));
  receiver = await startReceiver();
  setVelopackLogger(() => undefined);
});
afterAll(async () => {
  await receiver.stop();
  await rm(folder, { recursive: true, force: true });
});

/** Publishes a version for the three updaters. @returns the SHA-256 of each file, by its updater */
async function publish(version: string, rollout?: object) {
  const stack = openStack();
  const [setup, app] = [newBytes(20_000), nupkg(version)];
  const name = { software: SOFTWARE, version, arch: "x64" } as const;
  const sent = await sendDraft(
    stack,
    { ...name, platform: "windows" },
    { bytes: setup, filename: `Omega Setup ${version}.exe` },
  );
  await sendHeldCompanion(stack, sent, "blockmap", blockmapOf(setup));
  await sendDraft(stack, { ...name, platform: "linux" }, { bytes: app, filename: "app.nupkg" });
  const published = await release(stack, SOFTWARE, version, "/publish", rollout ? { rollout } : {});
  expect(published.status, published.text).toBe(200);
  return { electron: sha256Of(setup), velopack: sha256Of(app), check: sha256Of(setup) };
}

/** Waits until a rollout has become what signals make of it, behind their answers. */
async function until(id: string, expected: Partial<DescribedRollout>) {
  await vi.waitFor(
    async () => {
      const path = `/api/v1/rollouts/${id}`;
      const { body } = await openStack().request<DescribedRollout>(path, { asPublisher: true });
      expect(body).toMatchObject(expected);
    },
    { timeout: 20_000, interval: 20 },
  );
}

const act = async (id: string, action: string, reason: string) => {
  const path = `/api/v1/rollouts/${id}/${action}`;
  const answer = await openStack().request(path, { json: { reason }, asPublisher: true });
  expect(answer.status, answer.text).toBe(200);
};

test("three updaters go through a rollout that fails, goes on, fails again and is rolled back", async () => {
  const stack = openStack();
  const feeds = { stack, software: SOFTWARE, folder };
  const made = await stack.request<{ secret: string }>("/api/v1/webhooks", {
    json: { url: `${receiver.url}/all` },
    asPublisher: true,
  });
  expect(made.status, made.text).toBe(201);
  const older = await publish(OLD);
  const newer = await publish(NEW, {
    steps: PERCENTS.map((percent, step) => ({ percent, min_hours: 0, min_reports: REPORTS[step] })),
    policy: { max_failure_rate: 20, min_reports: 20, on_failure: "pause" },
  });
  const listed = await stack.request<{ items: DescribedRollout[] }>("/api/v1/rollouts", {
    asPublisher: true,
  });
  const id = listed.body.items[0]?.id ?? "";
  /** A device for each step, the first that has it in. */
  const [first, second, third, fourth] = await devicesBetween(stack, id, PERCENTS);
  const crowd = (name: string, count: number) => Array.from({ length: count }, (_, n) => `${name}-${n}`);
  const said = { software: SOFTWARE, version: NEW };

  expect(await found(feeds, first, OLD)).toEqual(all(NEW, newer));
  expect(await found(feeds, second, OLD)).toEqual(nothing);
  await say(stack, { ...said, event: "started" }, [first, ...crowd("first", 9)]);
  await until(id, { step: 1, percent: 30, reports: 10 });

  expect(await found(feeds, second, OLD)).toEqual(all(NEW, newer));
  expect(await found(feeds, third, OLD)).toEqual(nothing);
  const failing = [second, ...crowd("second", 14)];
  await say(stack, { ...said, event: "failed", message: "no such file" }, failing);
  await until(id, { state: "paused", step: 1, reports: 25, failures: 15 });
  expect(await found(feeds, first, OLD)).toEqual(nothing);
  expect(await found(feeds, second, NEW)).toEqual(nothing);

  await say(stack, { ...said, event: "started" }, [...failing, ...crowd("later", 14)]);
  await until(id, { state: "paused", reports: 39, failures: 0 });
  await act(id, "resume", "The licence server was down");
  await say(stack, { ...said, event: "started" }, ["the fortieth"]);
  await until(id, { state: "active", step: 2, percent: 60 });

  expect(await found(feeds, third, OLD)).toEqual(all(NEW, newer));
  expect(await found(feeds, fourth, OLD)).toEqual(nothing);
  expect(await velopackOfNpm(feeds, OLD)).toBeNull();
  await say(stack, { ...said, event: "started" }, [third, ...crowd("third", 19)]);
  await until(id, { step: 3, percent: 100, reports: 60 });

  expect(await found(feeds, fourth, OLD)).toEqual(all(NEW, newer));
  expect(await velopackOfNpm(feeds, OLD)).toMatchObject({ version: NEW });
  await say(stack, { ...said, event: "crashed" }, [fourth, ...crowd("fourth", 39)]);
  await until(id, { state: "paused", step: 3, reports: 100, failures: 40 });
  expect(await found(feeds, fourth, NEW)).toEqual(nothing);

  await act(id, "roll-back", "It loses drawings");
  expect(await found(feeds, fourth, NEW)).toEqual(all(OLD, older));
  expect(await found(feeds, fourth, NEW, false)).toEqual(nothing);
  expect(await found(feeds, first, OLD)).toEqual(nothing);

  await receiver.until("/all", 12);
  // What would tell of something once more, does now.
  for (const _again of [1, 2]) await stack.runCron("* * * * *");
  const messages = receiver.at("/all");
  expect(messages.filter((message) => !isSignedWith(made.body.secret, message))).toEqual([]);
  expect(toldOnce(messages).filter(({ type }) => type.startsWith("rollout."))).toMatchObject([
    { type: "rollout.raised", data: { step: 2, percent: 30, reports: 10, decided_by: "system" } },
    { type: "rollout.paused", data: { step: 2, reports: 25, failures: 15, decided_by: "system" } },
    { type: "rollout.raised", data: { step: 3, percent: 60, reports: 40, failures: 0 } },
    { type: "rollout.raised", data: { step: 4, percent: 100, reports: 60 } },
    { type: "rollout.paused", data: { step: 4, reports: 100, failures: 40, decided_by: "system" } },
    { type: "rollout.rolled_back", data: { step: 4, reason: "It loses drawings" } },
  ]);
  const published = toldOnce(messages).filter(({ type }) => !type.startsWith("rollout."));
  expect(published.map(({ type, data }) => `${type} ${String(data.version)}`).toSorted()).toEqual(
    [OLD, NEW]
      .flatMap((version) => [
        `package.published ${version}`,
        `package.published ${version}`,
        `release.published ${version}`,
      ])
      .toSorted(),
  );
});
