import { afterEach, expect, test, vi } from "vitest";
import { bar, sparkline } from "../../scripts/cli/charts.ts";
import { givenPlan, planNow, rolloutPlan } from "../../scripts/cli/rollout-plan.ts";
import { API_KEY, json, startFakeServer } from "./fake-server.ts";
import { createHome } from "./run-cli.ts";

// Each test starts the command line several times, next to other tests on the same cores.
vi.setConfig({ testTimeout: 60_000 });

const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

const rollout = (id: string, version: string, channel = "stable", changes: object = {}) => ({
  id,
  software: "acme",
  plugin: null,
  version,
  channel,
  state: "active",
  step: 1,
  steps: [1, 10, 100].map((percent) => ({ percent, min_hours: 24, min_reports: 0 })),
  percent: 10,
  policy: { max_failure_rate: 2, min_reports: 50, on_failure: "pause" },
  reason: "",
  reports: 800,
  installed: 790,
  failures: 4,
  failure_rate: { percent: 0.5, lower: 0.19, upper: 1.28 },
  next: { action: "wait", not_before: "2036-01-01T00:00:00.000Z", missing_reports: 20, is_failing: false },
  ...changes,
});

/** A server with these rollouts, two on a page, which keeps what is done with them. */
async function setUp(rollouts: ReturnType<typeof rollout>[]) {
  const server = await startFakeServer();
  const home = await createHome({ url: server.url, apiKey: API_KEY });
  cleanups.push(server.stop, home.remove);
  const done: [path: string, body: unknown][] = [];
  server.control.before = async (request, response, { pathname, searchParams }) => {
    if (!pathname.startsWith("/api/v1/rollouts")) return false;
    if (request.method === "POST") {
      let text = "";
      for await (const chunk of request) text += String(chunk);
      done.push([pathname.slice("/api/v1/rollouts".length), JSON.parse(text)]);
      json(response, 200, { ...rollouts[0], state: "paused" });
      return true;
    }
    const page = Number(searchParams.get("page"));
    const items = rollouts.slice((page - 1) * 2, page * 2);
    json(response, 200, { items, total: rollouts.length, total_pages: Math.ceil(rollouts.length / 2) });
    return true;
  };
  return { home, done };
}

test("a version's rollout is found on whichever page, in any spelling, and acted on", async () => {
  const { home, done } = await setUp([
    rollout("rol_3", "3.0.0"),
    rollout("rol_2", "2.1.0"),
    rollout("rol_1", "2.0.0"),
  ]);
  const acme = ["--software", "acme"];
  expect(await home.run(["rollout", "pause", "v2.0.0", ...acme, "--reason", "slow"])).toMatchObject({
    code: 0,
  });
  expect(await home.run(["rollout", "raise", "2.1.0", ...acme, "--step", "3"])).toMatchObject({ code: 0 });
  expect(await home.run(["rollout", "roll-back", "rol_7"])).toMatchObject({ code: 0 });
  expect(done).toEqual([
    ["/rol_1/pause", { reason: "slow" }],
    ["/rol_2/raise", { step: 2 }],
    ["/rol_7/roll-back", {}],
  ]);
  const missing = await home.run(["rollout", "resume", "9.0.0", ...acme]);
  expect(missing).toMatchObject({ code: 4, stderr: expect.stringContaining("slipway rollout list") });
});

test("of rollouts on several channels one has to be picked", async () => {
  const { home, done } = await setUp([rollout("rol_b", "2.0.0", "beta"), rollout("rol_a", "2.0.0")]);
  const unclear = await home.run(["rollout", "complete", "2.0.0", "--software", "acme"]);
  expect(unclear).toMatchObject({ code: 2, stderr: expect.stringContaining("beta, stable") });
  await home.run(["rollout", "complete", "2.0.0", "--software", "acme", "--channel", "stable"]);
  expect(done).toEqual([["/rol_a/complete", {}]]);
});

test("status says how far it is, how devices do, and what comes next", async () => {
  const { home } = await setUp([rollout("rol_1", "2.0.0")]);
  const { stdout } = await home.run(["rollout", "status", "2.0.0", "--software", "acme"]);
  expect(stdout).toContain("acme 2.0.0 on stable goes on, at step 2 of 3 (10 % of the devices).");
  expect(stdout).toContain("failed 4: 0.5 % (0.19 to 1.28 %), at most 2 %.");
  expect(stdout).toContain("Next: 100 % not before 2036-01-01T00:00:00.000Z, with 20 more reports.");
  const listed = await home.run(["rollout", "list", "--json"]);
  expect(JSON.parse(listed.stdout)).toMatchObject([{ id: "rol_1" }]);
});

test("stats shows versions and days as figures where nobody looks, and as JSON", async () => {
  const { home } = await setUp([]);
  const today = new Date().toISOString().slice(0, 10);
  const server = await startFakeServer();
  cleanups.push(server.stop);
  const asked: string[] = [];
  server.control.before = (_request, response, { pathname, searchParams }) => {
    if (!pathname.startsWith("/api/v1/statistics/")) return false;
    asked.push(`${pathname.split("/").at(-1)} ${searchParams.get("software")}`);
    const versions = [
      { version: "2.0.0", devices: 30, percent: 75, platforms: { linux: 10, windows: 20 } },
      { version: "1.0.0", devices: 10, percent: 25, platforms: { linux: 10 } },
    ];
    const count = { day: today, checks: 7, offers: 3, downloads: 2, installs: 1, failures: 0 };
    if (pathname.endsWith("/adoption"))
      json(response, 200, { software: "acme", days: 3, devices: 40, versions });
    else json(response, 200, { from: searchParams.get("from"), to: today, counts: [count, count] });
    return true;
  };
  const flags = ["--url", server.url, "--days", "3"];
  const { stdout } = await home.run(["stats", "acme", ...flags]);
  expect(stdout).toContain("acme: 40 devices in the last 3 days:");
  expect(stdout).toMatch(/^2\.0\.0 +30 +75 % +windows 20, linux 10$/m);
  expect(stdout).toMatch(/^checks +14 +14$/m);
  expect(asked.toSorted()).toEqual(["adoption acme", "daily acme"]);
  const told = JSON.parse((await home.run(["stats", "acme", ...flags, "--json"])).stdout) as unknown;
  expect(told).toMatchObject({
    adoption: { devices: 40 },
    daily: { counts: [{ checks: 7 }, { checks: 7 }] },
  });
  expect(await home.run(["stats", "--days", "367"])).toMatchObject({ code: 2 });
});

test("a plan is read from flags as people type them", () => {
  expect(
    rolloutPlan("1, 10,50%,100", { every: "2d", maxFailureRate: "1.5%", onFailure: "roll-back" }),
  ).toEqual({
    steps: [1, 10, 50, 100].map((percent) => ({ percent, min_hours: 48 })),
    policy: { max_failure_rate: 1.5, on_failure: "roll_back" },
  });
  expect(rolloutPlan("100", { every: "30m" })).toEqual({ steps: [{ percent: 100, min_hours: 0.5 }] });
  expect(rolloutPlan("0.5,100", {})).toEqual({ steps: [{ percent: 0.5 }, { percent: 100 }] });
  expect(givenPlan({})).toBeUndefined();
});

test.each([
  ["shares that fall", () => rolloutPlan("10,5", {})],
  ["a share above all", () => rolloutPlan("10,101", {})],
  ["no share", () => rolloutPlan("", {})],
  ["a gap", () => rolloutPlan("1,,100", {})],
  ["words", () => rolloutPlan("some", {})],
  ["no time", () => rolloutPlan("1,100", { every: "soon" })],
  ["a rate above all", () => rolloutPlan("1,100", { maxFailureRate: "200" })],
  ["an unknown action", () => rolloutPlan("1,100", { onFailure: "constructor" })],
  ["flags of a plan without one", () => givenPlan({ every: "1h" })],
  ["a rollout of a draft", () => planNow({ rollout: "1,100", draft: true })],
])("%s are refused with what to write", (_what, read) => {
  expect(read).toThrow(expect.objectContaining({ exitCode: 2, hint: expect.any(String) }));
});

test("bars and lines show as much as there is", () => {
  expect([bar(0, 4), bar(0.001, 4), bar(0.5, 4), bar(1, 4)]).toEqual(["", "▏", "██", "████"]);
  expect(sparkline([0, 1, 4, 8], 10)).toBe(" ▁▄█");
  expect(sparkline([1, 1, 2, 2], 2)).toBe("▄█");
  expect([sparkline([0, 0], 10), sparkline([], 10)]).toEqual(["  ", ""]);
});
