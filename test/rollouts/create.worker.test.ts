import { describe, expect, test } from "vitest";
import { execute } from "../support/behind.ts";
import { checkPath, newKey } from "../support/private-software.ts";
import { expectProblem, newSoftware, publish } from "../support/publish.ts";
import { askRollout, seedOf, startRollout } from "../support/rollouts.ts";
import { sharedStack } from "../support/stack.ts";
import { ownNames, seedPlugins } from "../plugins/resolver/seed.ts";
import type { DescribedRollout } from "../../functions/rollouts/schemas.ts";

const stack = sharedStack();

const moment = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);

async function title(...versions: string[]): Promise<string> {
  const software = newSoftware();
  for (const version of versions) await publish(stack, { software, version });
  return software;
}

const get = (path: string, headers?: Record<string, string>) =>
  stack.request<DescribedRollout & { items: DescribedRollout[]; total: number }>(
    path,
    headers ? { headers } : { asPublisher: true },
  );

describe("a rollout", () => {
  test("is told as it is, with the usual policy, and its seed to nobody", async () => {
    const software = await title("1.0.0", "2.0.0");
    const steps = [{ percent: 0.25 }, { percent: 10, min_hours: 2.5, min_reports: 30 }];
    const made = await askRollout(stack, { software, version: "v2.0.0", steps });
    expect(made.status, made.text).toBe(201);
    expect(made.body).toEqual({
      id: expect.stringMatching(/^rol_[0-9a-z]{26}$/),
      software,
      plugin: null,
      version: "2.0.0",
      channel: "stable",
      state: "active",
      step: 0,
      steps: [{ percent: 0.25, min_hours: 24, min_reports: 0 }, steps[1]],
      percent: 0.25,
      policy: { max_failure_rate: 2, min_reports: 50, on_failure: "pause" },
      reason: "",
      reports: 0,
      installed: 0,
      failures: 0,
      failure_rate: { percent: 0, lower: 0, upper: 100 },
      next: { action: "wait", not_before: moment, missing_reports: 0, is_failing: false },
      step_started_at: moment,
      created_by: expect.stringMatching(/^key:/),
      created_at: moment,
      updated_at: moment,
    });
    const { id } = made.body;
    const shown = await get(`/api/v1/rollouts/${id}`);
    expect(shown.body).toEqual(made.body);
    const listed = await get(`/api/v1/rollouts?software=${software}&state=active`);
    expect(listed.body).toMatchObject({ items: [made.body], total: 1, page: 1, total_pages: 1 });
    for (const [query, total] of [
      [`software=${software}&version=v2.0`, 1],
      [`software=${software}&version=1.0.1`, 0],
    ] as const)
      expect((await get(`/api/v1/rollouts?${query}`)).body.total, query).toBe(total);
    expectProblem(await get("/api/v1/rollouts?version=new"), 400, "INVALID_VERSION");
    const seed = await seedOf(stack, id);
    expect(seed).toMatch(/^[0-9a-f]{32}$/);
    for (const { text } of [made, shown, listed]) expect(text).not.toContain(seed);
  });

  test("shows what devices said, with the interval, and what it does next", async () => {
    const software = await title("1.0.0");
    const { id } = await startRollout(stack, software, "1.0.0", 5);
    await execute(
      stack,
      `INSERT INTO signal_counts (subject, reports, installed, started, failures)
       SELECT version_id, 200, 180, 150, 20 FROM rollouts WHERE id = ?`,
      [id],
    );
    expect((await get(`/api/v1/rollouts/${id}`)).body).toMatchObject({
      reports: 200,
      installed: 180,
      failures: 20,
      failure_rate: { percent: 10, lower: 6.57, upper: 14.94 },
      next: { action: "pause", not_before: null, missing_reports: 0, is_failing: true },
    });
  });

  test("begins once, however many ask at once", async () => {
    const software = await title("1.0.0");
    const body = { software, version: "1.0.0", steps: [{ percent: 1 }] };
    const answers = await Promise.all(Array.from({ length: 8 }, () => askRollout(stack, body)));
    const refused = answers.filter(({ status }) => status !== 201);
    expect(refused).toHaveLength(7);
    for (const answer of refused) expectProblem(answer, 409, "ROLLOUT_EXISTS");
    const begun = "SELECT count(*) AS n FROM audit WHERE action = 'rollout.start' AND target = ?";
    expect((await execute(stack, begun, [`${software} 1.0.0`]))[0]?.n).toBe(1);
  });

  test("takes a version back from those outside its share", async () => {
    const software = await title("1.0.0", "2.0.0");
    const latest = async () =>
      (await stack.request<{ latest_version: string }>(checkPath(software, { current_version: "0.1.0" })))
        .body.latest_version;
    expect(await latest()).toBe("2.0.0");
    await startRollout(stack, software, "2.0.0", 0.01);
    expect(await latest()).toBe("1.0.0");
  });

  test("of a plugin is one of that plugin's version", async () => {
    const { a } = ownNames("a");
    await seedPlugins(stack, { [a]: { "1.0.0": {}, "1.1.0": { deprecated: true } } });
    const plan = { plugin: a, steps: [{ percent: 5 }] };
    const made = await askRollout(stack, { ...plan, version: "1.0.0" });
    expect(made.body).toMatchObject({ plugin: a, software: null, channel: null, version: "1.0.0" });
    expect((await get(`/api/v1/rollouts?plugin=${a}`)).body.items).toEqual([made.body]);
    expect((await get(`/api/v1/rollouts?plugin=${a}&version=1.0.0`)).body.items).toEqual([made.body]);
    expect((await get(`/api/v1/rollouts?plugin=${a}&version=1.1.0`)).body.items).toEqual([]);
    expectProblem(await askRollout(stack, { ...plan, version: "1.0.0" }), 409, "ROLLOUT_EXISTS");
    expectProblem(await askRollout(stack, { ...plan, version: "1.1.0" }), 409, "ROLLOUT_NOTHING_OFFERED");
    expectProblem(await askRollout(stack, { ...plan, version: "1.2.0" }), 404, "PLUGIN_VERSION_NOT_FOUND");
    const limited = await newKey(stack, ["packages:write"], { software: ["omega"] });
    const headers = { "x-api-key": limited.key };
    expectProblem(
      await askRollout(stack, { ...plan, version: "1.0.0" }, { headers }),
      403,
      "INSUFFICIENT_SCOPE",
    );
    expectProblem(await get(`/api/v1/rollouts/${made.body.id}`, headers), 403, "INSUFFICIENT_SCOPE");
  });
});

describe("refused is", () => {
  const step = { percent: 5 };
  test.each<[string, object, RegExp]>([
    ["no step", { steps: [] }, /steps/],
    ["a step that does not grow", { steps: [step, step] }, /higher percentage/],
    ["a step that shrinks", { steps: [{ percent: 50 }, step] }, /higher percentage/],
    ["a percentage of zero", { steps: [{ percent: 0 }] }, /percent/],
    ["a percentage above 100", { steps: [{ percent: 100.01 }] }, /percent/],
    ["a percentage with three decimals", { steps: [{ percent: 0.125 }] }, /percent/],
    ["a percentage that is a text", { steps: [{ percent: "5" }] }, /percent/],
    ["21 steps", { steps: Array.from({ length: 21 }, (_, index) => ({ percent: index + 1 })) }, /steps/],
    ["hours below zero", { steps: [{ ...step, min_hours: -1 }] }, /min_hours/],
    ["more hours than a year", { steps: [{ ...step, min_hours: 8761 }] }, /min_hours/],
    ["half a report", { steps: [{ ...step, min_reports: 0.5 }] }, /min_reports/],
    ["a failure rate above 100", { policy: { max_failure_rate: 101 } }, /max_failure_rate/],
    ["another action", { policy: { on_failure: "panic" } }, /on_failure/],
    ["neither software nor plugin", { software: undefined }, /software/],
    ["both", { plugin: "com.example.a" }, /software/],
    ["a channel that is no name", { channel: "BETA!" }, /channel/],
  ])("%s", async (_what, more, text) => {
    const software = await title("1.0.0");
    const answer = await askRollout(stack, { software, version: "1.0.0", steps: [step], ...more });
    expectProblem(answer, 400, "VALIDATION_ERROR");
    expect(answer.text).toMatch(text);
    expect((await get(`/api/v1/rollouts?software=${software}`)).body.total).toBe(0);
  });

  test("what there is not, and what is yanked or offered on another channel", async () => {
    const software = await title("1.0.0");
    const plan = { software, version: "1.0.0", steps: [step] };
    expectProblem(await askRollout(stack, { ...plan, version: "2.0.0" }), 404, "RELEASE_NOT_FOUND");
    expectProblem(await askRollout(stack, { ...plan, software: newSoftware() }), 404, "RELEASE_NOT_FOUND");
    expectProblem(await askRollout(stack, { ...plan, software: "soft_none" }), 404, "SOFTWARE_NOT_FOUND");
    expectProblem(await askRollout(stack, { ...plan, version: "one" }), 400, "INVALID_VERSION");
    expectProblem(await askRollout(stack, { ...plan, channel: "beta" }), 409, "ROLLOUT_NOTHING_OFFERED");
    const yank = `/api/v1/releases/${software}/1.0.0/yank`;
    expect((await stack.request(yank, { method: "POST", asPublisher: true })).status).toBe(200);
    expectProblem(await askRollout(stack, plan), 409, "ROLLOUT_NOTHING_OFFERED");
    expectProblem(await get("/api/v1/rollouts/rol_none"), 404, "ROLLOUT_NOT_FOUND");
  });

  test("whoever may not: without a key, to read alone, for other software", async () => {
    const [own, other] = [await title("1.0.0"), await title("1.0.0")];
    const { id } = await startRollout(stack, other, "1.0.0", 5);
    const plan = { software: own, version: "1.0.0", steps: [step] };
    expectProblem(await askRollout(stack, plan, {}), 401, "INVALID_API_KEY");
    expectProblem(await get("/api/v1/rollouts", {}), 401, "INVALID_API_KEY");
    const reader = { "x-api-key": (await newKey(stack, ["packages:read"])).key };
    expectProblem(await askRollout(stack, plan, { headers: reader }), 403, "INSUFFICIENT_SCOPE");
    expect((await get(`/api/v1/rollouts/${id}`, reader)).status).toBe(200);
    const limited = { "x-api-key": (await newKey(stack, ["packages:write"], { software: [own] })).key };
    expectProblem(await get(`/api/v1/rollouts/${id}`, limited), 403, "INSUFFICIENT_SCOPE");
    expectProblem(await get(`/api/v1/rollouts?software=${other}`, limited), 403, "INSUFFICIENT_SCOPE");
    expectProblem(
      await askRollout(stack, { ...plan, software: other }, { headers: limited }),
      403,
      "INSUFFICIENT_SCOPE",
    );
    expect((await askRollout(stack, plan, { headers: limited })).status).toBe(201);
    expect((await get("/api/v1/rollouts", limited)).body.items.map(({ software }) => software)).toEqual([
      own,
    ]);
  });
});
