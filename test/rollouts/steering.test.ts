import { describe, expect, test, vi } from "vitest";
import { rolloutStates } from "../../functions/kit/rollout.ts";
import { steerRollouts } from "../../functions/rollouts/index.ts";
import { actOnRollout } from "../../functions/rollouts/steering/act-on-rollout.ts";
import { actions, transitions } from "../../functions/rollouts/steering/transitions.ts";
import { sendSignals } from "../../functions/rollouts/signals/send-signals.ts";
import { whenReleasesChange } from "../../functions/releases/changes.ts";
import { scopes, type Actor } from "../../functions/core/context.ts";
import { moveRollout } from "../../functions/rollouts/steering/move-rollout.ts";
import { nextMove } from "../../functions/rollouts/steering/next-move.ts";
import { selectActive } from "../../functions/rollouts/steering/rollout-rows.ts";
import { webhookEndpoints } from "../../schema/webhooks.ts";
import { useDomain, type Domain } from "../support/domain.ts";
import { atEveryCall, failingAt, faultModes } from "../support/domain/faults.ts";
import { DAY, devices, HOUR, rolledOut, rowOf, say } from "./support.ts";

/** What is told of stays where it is told: these tests are not about the sending, and would wait for its repetitions. */
vi.mock("../../functions/webhooks/sending/deliver-due.ts", () => ({ deliverDue: () => Promise.resolve() }));

const newDomain = useDomain();
/** Without the statistics, which are written a second later: every test would wait for that. */
const openDomain = () => newDomain({ settings: { DEVICE_STATISTICS: "off" } });

/** The minute's job, in an isolate of its own. */
const tick = (domain: Domain, ctx = domain.isolate({}, { type: "system" })) => steerRollouts(ctx, null);

const audited = (domain: Domain) =>
  domain.rows<{ action: string; actor: string; target: string; detail: string }>(
    "SELECT action, actor, target, detail FROM audit WHERE action LIKE 'rollout.%' ORDER BY id",
  );

/** An endpoint that wants every event. @returns reads the events that it is to be sent, in their order */
async function listening(domain: Domain) {
  const endpoint = {
    id: "whk_1",
    url: "https://hooks.example.com/",
    description: "",
    events: null,
    software: null,
  };
  const made = { isEnabled: true, secretVersion: 1, createdBy: "test", createdAt: 0, updatedAt: 0 };
  await domain.deps.db.write((q) => ({ made: q.insert(webhookEndpoints).values({ ...endpoint, ...made }) }));
  return async () => {
    const rows = await domain.rows<{ payload: string }>(
      "SELECT payload FROM webhook_deliveries ORDER BY rowid",
    );
    return rows.map(({ payload }) => JSON.parse(payload) as { type: string; data: Record<string, unknown> });
  };
}

type Row = { reports: number };

describe("by itself", () => {
  test("a rollout is raised step by step, and completed after the last", async () => {
    const domain = await openDomain();
    const told = await listening(domain);
    const { id } = await rolledOut(domain);
    let changes = 0;
    whenReleasesChange(() => void changes++);
    await tick(domain);
    expect(await rowOf(domain, id)).toMatchObject({ step: 0, revision: 0 });
    for (const expected of [
      { state: "active", step: 1, basis_points: 1000, revision: 1 },
      { state: "active", step: 2, basis_points: 10_000, revision: 2 },
      { state: "completed", step: 2, basis_points: 10_000, revision: 3 },
    ]) {
      domain.advance(DAY);
      await tick(domain);
      await tick(domain);
      expect(await rowOf(domain, id)).toMatchObject(expected);
    }
    expect(changes).toBe(3);
    const rows = await audited(domain);
    expect(rows.map(({ action, actor, target }) => [action, actor, target])).toEqual([
      ["rollout.raise", "system", "omega 2.0.0"],
      ["rollout.raise", "system", "omega 2.0.0"],
      ["rollout.complete", "system", "omega 2.0.0"],
    ]);
    expect((await told()).map(({ type, data }) => [type, data.step, data.percent])).toEqual([
      ["rollout.raised", 2, 10],
      ["rollout.raised", 3, 100],
      ["rollout.completed", 3, 100],
    ]);
  });

  test("a step waits for its reports, and signals that bring them raise it at once", async () => {
    const domain = await openDomain();
    const { id } = await rolledOut(domain, { steps: [{ min_reports: 3, min_hours: 0 }, { percent: 50 }] });
    await say(domain, ...devices(2, "started"));
    await domain.settle();
    expect(await rowOf(domain, id)).toMatchObject({ step: 0 });
    await say(domain, ...devices(1, "started", 2));
    await domain.settle();
    expect(await rowOf(domain, id)).toMatchObject({ step: 1, revision: 1 });
  });

  test.each([
    ["pause", { state: "paused", step: 0, revision: 1 }, "rollout.paused"],
    ["roll_back", { state: "rolled_back", step: 0, revision: 1 }, "rollout.rolled_back"],
    ["notify", { state: "active", step: 0, revision: 1 }, "rollout.failing"],
  ] as const)("a failing version makes it %s, with the figures", async (on_failure, expected, type) => {
    const domain = await openDomain();
    const told = await listening(domain);
    const { id } = await rolledOut(domain, { policy: { on_failure } });
    await say(domain, ...devices(90, "started"));
    await say(domain, ...devices(10, "failed", 90));
    await say(domain, ...devices(10, "failed", 100));
    await domain.settle();
    await tick(domain);
    const row = await rowOf(domain, id);
    expect(row).toMatchObject(expected);
    expect(row.reason).toMatch(/10 of 100 devices failed: 10 %, .* at least 5\.52 %, where 2 % are allowed/);
    const [entry] = await audited(domain);
    expect(JSON.parse(entry?.detail ?? "")).toMatchObject({ rollout_id: id, reports: 100, failures: 10 });
    const events = await told();
    expect(events).toHaveLength(1);
    expect(events[0]).toMatchObject({
      type,
      data: {
        software: "omega",
        plugin: null,
        version: "2.0.0",
        decided_by: "system",
        failure_rate: 10,
        failure_rate_at_least: 5.52,
      },
    });
  });

  test("what waits or is stopped is not written", async () => {
    const domain = await openDomain();
    const { id } = await rolledOut(domain, { policy: { on_failure: "notify" } });
    await rolledOut(domain, { version: "3.0.0", state: "paused" });
    await say(domain, ...devices(50, "failed"));
    await domain.settle();
    domain.advance(10 * DAY);
    await say(domain, ...devices(1, "failed", 50));
    await domain.settle();
    await tick(domain);
    expect(await rowOf(domain, id)).toMatchObject({ revision: 1, step: 0 });
    expect(await rowOf(domain, "rol_omega_3.0.0")).toMatchObject({ revision: 0, step: 0 });
  });

  test("many isolates that decide at once raise one step, tell it once, and audit it once", async () => {
    const domain = await openDomain();
    const told = await listening(domain);
    const { id } = await rolledOut(domain, {
      steps: Array.from({ length: 9 }, (_, n) => ({ percent: n + 1, min_hours: 0 })),
    });
    const isolates = Array.from({ length: 8 }, () => domain.isolate({}, { type: "system" }));
    const [seen] = await domain.deps.db.read((q) => selectActive(q, "", 1));
    const move = seen && nextMove(seen, domain.deps.clock(), "en");
    if (!seen || !move) throw new Error("nothing to decide");
    const outcomes = await Promise.all(
      isolates.map((ctx) => moveRollout(ctx, seen, move, { type: "system" })),
    );
    expect(outcomes.filter(Boolean)).toHaveLength(1);
    expect(await rowOf(domain, id)).toMatchObject({ step: 1, revision: 1 });
    expect(await audited(domain)).toHaveLength(1);
    expect(await told()).toHaveLength(1);
  });

  test.each(faultModes)("when any call of the job %s, later ticks make up for it, once", async (mode) => {
    const calls = await atEveryCall(async (at) => {
      const domain = await openDomain();
      const told = await listening(domain);
      const { id } = await rolledOut(domain);
      await rolledOut(domain, { version: "3.0.0" });
      await say(domain, ...devices(60, "started"), ...devices(20, "failed", 60));
      await domain.settle();
      domain.advance(DAY);
      const fault = failingAt(domain.deps, at, mode);
      await tick(domain, domain.isolate(fault.deps, { type: "system" })).catch(() => undefined);
      await tick(domain);
      expect(await rowOf(domain, id), `call ${at}`).toMatchObject({ state: "paused", revision: 1 });
      expect(await rowOf(domain, "rol_omega_3.0.0"), `call ${at}`).toMatchObject({ step: 1, revision: 1 });
      expect(await audited(domain), `call ${at}`).toHaveLength(2);
      expect(await told(), `call ${at}`).toHaveLength(2);
      return fault.reached();
    });
    expect(calls).toBeGreaterThan(0);
  });

  test.each(faultModes)(
    "when any call of a signal %s, its repetition counts it once and decides",
    async (mode) => {
      const calls = await atEveryCall(async (at) => {
        const domain = await openDomain();
        const { id } = await rolledOut(domain);
        const signals = devices(60, "failed");
        const fault = failingAt(domain.deps, at, mode);
        const attempt = sendSignals(domain.isolate(fault.deps), signals);
        await attempt.catch(() => undefined);
        await domain.settle();
        await sendSignals(domain.isolate(), signals);
        await domain.settle();
        await tick(domain);
        expect(await rowOf(domain, id), `call ${at}`).toMatchObject({ state: "paused", revision: 1 });
        expect(await domain.rows("SELECT reports, failures FROM signal_counts")).toEqual([
          { reports: 60, failures: 60 },
        ]);
        return fault.reached();
      });
      expect(calls).toBeGreaterThan(1);
    },
  );
});

describe("by people", () => {
  const cases = rolloutStates.flatMap((state) => actions.map((action) => ({ state, action })));

  test.each(cases)("$action of what is $state", async ({ state, action }) => {
    const domain = await openDomain();
    const { id } = await rolledOut(domain, { state });
    domain.advance(HOUR);
    const arrow = transitions[state][action];
    const done = actOnRollout(domain.ctx, id, action, { reason: "because" });
    if (!arrow) {
      await expect(done).rejects.toMatchObject({
        code: "ROLLOUT_STATE",
        params: { instead: `rollout.is.${state}` },
      });
      expect(await rowOf(domain, id)).toMatchObject({ state, revision: 0 });
      expect(await audited(domain)).toEqual([]);
      return;
    }
    expect(await done).toMatchObject({ id, state: arrow.to, reason: "because" });
    const row = await rowOf(domain, id);
    expect(row).toMatchObject({ state: arrow.to, revision: 1, step: action === "raise" ? 1 : 0 });
    const begins = action === "raise" || action === "resume";
    expect(domain.deps.clock() - row.step_started_at < HOUR).toBe(begins);
    const [entry] = await audited(domain);
    expect([entry?.action, entry?.actor]).toEqual([`rollout.${arrow.name}`, "key:settings"]);
  });

  test("a rollout is raised to a step ahead, and completed behind its last", async () => {
    const domain = await openDomain();
    const { id } = await rolledOut(domain);
    expect(await actOnRollout(domain.ctx, id, "raise", { step: 2 })).toMatchObject({ step: 2, percent: 100 });
    for (const step of [0, 2, 3]) {
      await expect(actOnRollout(domain.ctx, id, "raise", { step })).rejects.toThrow("ROLLOUT_STEP");
    }
    expect(await actOnRollout(domain.ctx, id, "raise", {})).toMatchObject({ state: "completed" });
  });

  test("what a person has resumed goes on until devices fail anew", async () => {
    const domain = await openDomain();
    const { id } = await rolledOut(domain);
    const stateAfter = async (...said: ReturnType<typeof devices>) => {
      await say(domain, ...said);
      await domain.settle();
      await tick(domain);
      return (await rowOf(domain, id)).state;
    };
    expect(await stateAfter(...devices(60, "failed"))).toBe("paused");
    await actOnRollout(domain.ctx, id, "resume", {});
    expect(await stateAfter(...devices(49, "failed", 100))).toBe("active");
    expect(await stateAfter(...devices(1, "failed", 149))).toBe("paused");
    const entries = await audited(domain);
    expect(entries.map(({ action, detail }) => [action, (JSON.parse(detail) as Row).reports])).toEqual([
      ["rollout.pause", 60],
      ["rollout.resume", 60],
      ["rollout.pause", 110],
    ]);
  });

  test("people who raise it at once raise one step", async () => {
    const domain = await openDomain();
    const { id } = await rolledOut(domain, {
      steps: Array.from({ length: 9 }, (_, n) => ({ percent: n + 1 })),
    });
    let waiting = 4;
    const gate = Promise.withResolvers<undefined>();
    const held = Array.from({ length: 4 }, () => {
      let first = true;
      const write = (async (...given: Parameters<Domain["deps"]["db"]["write"]>) => {
        if (first) {
          first = false;
          if (--waiting === 0) gate.resolve(undefined);
          await gate.promise;
        }
        return domain.deps.db.write(...given);
      }) as unknown as Domain["deps"]["db"]["write"];
      return domain.isolate({ db: { ...domain.deps.db, write } });
    });
    const answers = await Promise.all(held.map((ctx) => actOnRollout(ctx, id, "raise", {})));
    expect(answers.map(({ step }) => step)).toEqual([1, 1, 1, 1]);
    expect(await rowOf(domain, id)).toMatchObject({ step: 1, revision: 1 });
  });

  test("keys may act on what they may publish", async () => {
    const domain = await openDomain();
    const { id } = await rolledOut(domain);
    const as = (actor: Actor) => actOnRollout(domain.isolate({}, actor), id, "pause", {});
    await expect(as({ type: "nobody" })).rejects.toThrow("INVALID_API_KEY");
    await expect(as({ type: "api_key", id: "k", scopes: ["packages:read"] })).rejects.toThrow(
      "INSUFFICIENT_SCOPE",
    );
    await expect(as({ type: "api_key", id: "k", scopes, software: ["other"] })).rejects.toThrow(
      "INSUFFICIENT_SCOPE",
    );
    await expect(actOnRollout(domain.ctx, "rol_none", "pause", {})).rejects.toThrow("ROLLOUT_NOT_FOUND");
    expect(await as({ type: "api_key", id: "k", scopes, software: ["omega"] })).toMatchObject({
      state: "paused",
    });
  });
});
