import { describe, expect, test } from "vitest";
import { expectProblem, newSoftware, publish, type Published } from "../support/publish.ts";
import { execute } from "../support/behind.ts";
import { sharedStack, withStack, type TestStack } from "../support/stack.ts";

const stack = sharedStack();

const send = (json: unknown, on: TestStack = stack) =>
  on.request<{ accepted: number }>("/api/v1/signals", { json });

/** A published version that is rolled out. */
async function rolledOut(software: string, version = "2.0.0"): Promise<string> {
  await publish(stack, { version, software });
  const id = `rol_${software}`;
  await execute(
    stack,
    `INSERT INTO rollouts (id, version_id, channel, seed, steps, policy, state, step, basis_points, step_started_at, created_by, created_at, updated_at)
      SELECT ?, v.id, 'stable', 'seed', ?, ?, 'active', 0, 100, ?, 'test', 0, 0
      FROM versions v JOIN software s ON s.id = v.software_id WHERE s.slug = ?`,
    [
      id,
      JSON.stringify([
        { percent: 1, min_hours: 24, min_reports: 0 },
        { percent: 100, min_hours: 24, min_reports: 0 },
      ]),
      JSON.stringify({ max_failure_rate: 2, min_reports: 20, on_failure: "pause" }),
      Date.now(),
      software,
    ],
  );
  return id;
}

const act = (id: string, action: string, options: Parameters<TestStack["request"]>[1] = {}) =>
  stack.request<{ state: string; step: number; reason: string; seed?: string }>(
    `/api/v1/rollouts/${id}/${action}`,
    {
      method: "POST",
      asPublisher: true,
      ...options,
    },
  );

describe("signals", () => {
  const one = { device_id: "a", version: "1.0.0", event: "installed" };

  test("are accepted alike, whether there is such a version or not", async () => {
    const software = newSoftware();
    await publish(stack, { version: "1.0.0", software });
    const answers = [
      await send({ ...one, software }),
      await send({ ...one, software, version: "9.9.9" }),
      await send({ ...one, software: newSoftware() }),
      await send({ ...one, plugin: "com.example.nothing" }),
    ];
    for (const { status, body } of answers) expect([status, body]).toEqual([202, { accepted: 1 }]);
    expect(
      (
        await send({
          signals: [
            { ...one, software },
            { ...one, software },
          ],
        })
      ).body,
    ).toEqual({ accepted: 2 });
  });

  test("that cannot be read are refused, with what to do", async () => {
    for (const wrong of [
      { device_id: "" },
      { device_id: "x".repeat(201) },
      { device_id: "a\nb" },
      { device_id: 7 },
      { event: "removed" },
      { software: "omega", plugin: "com.example.nothing" },
      { signals: [] },
      { signals: Array.from({ length: 101 }, () => one) },
    ]) {
      expectProblem(await send({ ...one, ...wrong }), 400, "VALIDATION_ERROR");
    }
    const { device_id: _none, ...nobody } = one;
    const missing = await send({ ...nobody, from_version: null, message: null });
    expectProblem(missing, 400, "MISSING_PARAMETER");
    expect(missing.text).toContain("device_id");
    expect((await send({ ...one, from_version: null, message: null, signals: null })).status).toBe(202);
    expectProblem(await send({ ...one, version: "new" }), 400, "INVALID_VERSION");
    expectProblem(await send({ ...one, from_version: "old" }), 400, "INVALID_VERSION");
    expectProblem(
      await send({ signals: [one, { ...one, message: "x".repeat(2_001) }] }),
      422,
      "MESSAGE_TOO_LONG",
    );
    expect((await send({ signals: [one, { ...one, version: "x" }] })).text).toContain("signals.1.version");
    expect((await send({ ...one, message: "x".repeat(2_000) })).status).toBe(202);
    expect(
      (await send({ signals: Array.from({ length: 100 }, () => ({ ...one, message: "é".repeat(2_000) })) }))
        .status,
    ).toBe(202);
  });

  test("are limited by their number, and a refused call counts none", async () => {
    await withStack({ SIGNALS_PER_MINUTE: "150" }, async (limited) => {
      const many = { signals: Array.from({ length: 100 }, () => one) };
      // Within one minute of the clock.
      if (new Date().getSeconds() > 50) await new Promise((resolve) => setTimeout(resolve, 11_000));
      expect((await send(many, limited)).status).toBe(202);
      const refused = await send(many, limited);
      expectProblem(refused, 429, "RATE_LIMIT_EXCEEDED");
      expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
      expect((await send({ signals: many.signals.slice(0, 50) }, limited)).status).toBe(202);
      expectProblem(await send(one, limited), 429, "RATE_LIMIT_EXCEEDED");
    });
  });

  test("of failing devices stop a rollout behind the answer", async () => {
    const software = newSoftware();
    const id = await rolledOut(software);
    const signals = Array.from({ length: 30 }, (_, index) => ({
      software,
      version: "2.0.0",
      device_id: `d${index}`,
      event: index % 2 === 0 ? "crashed" : "started",
    }));
    expect((await send({ signals })).status).toBe(202);
    await expect
      .poll(async () => (await execute(stack, "SELECT state FROM rollouts WHERE id = ?", [id]))[0]?.state)
      .toBe("paused");
    const refused = await act(id, "raise");
    expectProblem(refused, 409, "ROLLOUT_STATE");
    expect(refused.text).toContain("This rollout is paused");
    const resumed = await act(id, "resume", { json: { reason: "It was the network" } });
    expect(resumed.body).toMatchObject({ state: "active", reason: "It was the network" });
    expect(resumed.body.seed).toBeUndefined();
  });
});

describe("acting on a rollout", () => {
  test("takes no body, an empty one, or a reason", async () => {
    const id = await rolledOut(newSoftware());
    expect((await act(id, "pause")).body).toMatchObject({ state: "paused", reason: "" });
    const declared = { headers: { "content-type": "application/json" } };
    expect((await act(id, "resume", declared)).body).toMatchObject({ state: "active" });
    expect((await act(id, "pause", { json: {} })).body).toMatchObject({ state: "paused" });
    expect((await act(id, "resume", { json: {} })).body).toMatchObject({ state: "active" });
    expect((await act(id, "raise", { json: { step: 1, reason: "fine" } })).body).toMatchObject({ step: 1 });
    expectProblem(await act(id, "raise", { json: { step: 9 } }), 422, "ROLLOUT_STEP");
    expectProblem(await act(id, "pause", { json: { reason: "x".repeat(501) } }), 400, "VALIDATION_ERROR");
    expect((await act(id, "complete")).body).toMatchObject({ state: "completed", percent: 100 });
    expect((await act(id, "roll-back")).body).toMatchObject({ state: "rolled_back" });
    expectProblem(await act(id, "resume"), 409, "ROLLOUT_STATE");
  });

  test("needs a key that may publish the software", async () => {
    const id = await rolledOut(newSoftware());
    expectProblem(await act(id, "pause", { asPublisher: false }), 401, "INVALID_API_KEY");
    expectProblem(await act("rol_none", "pause"), 404, "ROLLOUT_NOT_FOUND");
  });
});

describe("statistics", () => {
  test("count checks, offers and downloads", async () => {
    const software = newSoftware();
    await publish(stack, { version: "1.0.0", software });
    const { download_url }: Published = await publish(stack, { version: "2.0.0", software });
    const check = (current: string) =>
      stack.request(
        `/api/v1/version/check?software=${software}&current_version=${current}&arch=x64&platform=windows`,
      );
    for (let times = 0; times < 3; times++) expect((await check("1.0.0")).status).toBe(200);
    expect((await check("2.0.0")).status).toBe(200);
    expect((await stack.request(download_url)).status).toBe(302);
    expect((await stack.request(download_url, { headers: { range: "bytes=5-" } })).status).toBe(302);
    const path = `/api/v1/statistics/daily?software=${software}`;
    await expect
      .poll(
        async () => (await stack.request<{ counts: unknown[] }>(path, { asPublisher: true })).body.counts,
        {
          timeout: 5_000,
        },
      )
      .toEqual([
        expect.objectContaining({ version: "1.0.0", platform: "windows", checks: 3, offers: 0 }),
        expect.objectContaining({ version: "2.0.0", checks: 1, offers: 3, downloads: 1 }),
      ]);
  });

  test("count the devices of checks and feeds once each", async () => {
    const software = newSoftware();
    await publish(stack, { version: "1.0.0", software });
    await publish(stack, { version: "2.0.0", software });
    const check = `/api/v1/version/check?software=${software}&platform=windows&arch=x64&current_version=1.0.0`;
    for (const device of ["a", "b", "a", "b"])
      expect((await stack.request(`${check}&device_id=${device}`)).status).toBe(200);
    const headers = { "x-device-id": "c", "x-current-version": "2.0.0" };
    expect(
      (await stack.request(`/feeds/${software}/velopack/releases.win.json`, { headers })).status,
    ).toBeLessThan(500);
    expect((await stack.request(`/feeds/${software}/electron/latest.yml`, { headers })).status).toBeLessThan(
      500,
    );
    const shown = async () => {
      const path = `/api/v1/statistics/adoption?software=${software}&days=1`;
      const { body } = await stack.request<{ versions: { version: string; devices: number }[] }>(path, {
        asPublisher: true,
      });
      return body.versions.map(({ version, devices }) => [version, devices]);
    };
    await expect.poll(shown, { timeout: 5_000 }).toEqual([
      ["1.0.0", 2],
      ["2.0.0", 1],
    ]);
  });

  test("are refused without a key, and for too many days", async () => {
    expectProblem(await stack.request("/api/v1/statistics/adoption"), 401, "INVALID_API_KEY");
    const path = "/api/v1/statistics/daily?from=2024-01-01&to=2025-06-01";
    const refused = await stack.request(path, { asPublisher: true });
    expectProblem(refused, 422, "STATISTICS_RANGE");
    expect(refused.text).toContain("366");
    expectProblem(
      await stack.request("/api/v1/statistics/daily?from=yesterday", { asPublisher: true }),
      400,
      "VALIDATION_ERROR",
    );
  });
});
