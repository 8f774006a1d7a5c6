import { afterEach, expect, test, vi } from "vitest";
import { JOB_LEASE_MS, runJob } from "../../functions/core/jobs.ts";
import { STOP_JOBS } from "../../functions/core/stopping.ts";
import { runCron } from "../../functions/crons.ts";
import { useDomain } from "../support/domain.ts";

afterEach(() => {
  vi.useRealTimers();
});

const openDomain = useDomain();

test("a job goes on where its last run ended", async () => {
  const domain = await openDomain();
  const seen: (string | null)[] = [];
  const next = ["page 1", "page 2", null];
  for (const cursor of [...next, "page 1"]) {
    await runJob(domain.isolate(), "counting", (_ctx, from) => {
      seen.push(from);
      return Promise.resolve(cursor);
    });
  }
  expect(seen).toEqual([null, "page 1", "page 2", null]);
});

test("a job that returns nothing begins at the start each time", async () => {
  const domain = await openDomain();
  const seen: (string | null)[] = [];
  for (let run = 0; run < 2; run++) {
    await runJob(domain.isolate(), "plain", (_ctx, from) => {
      seen.push(from);
      return Promise.resolve();
    });
  }
  expect(seen).toEqual([null, null]);
});

test("a job that fails keeps its cursor, is logged, and may run again at once", async () => {
  const domain = await openDomain();
  const seen: (string | null)[] = [];
  await runJob(domain.isolate(), "failing", () => Promise.resolve("page 1"));
  await runJob(domain.isolate(), "failing", (_ctx, from) => {
    seen.push(from);
    return Promise.reject(new Error("half-way"));
  });
  await runJob(domain.isolate(), "failing", (_ctx, from) => {
    seen.push(from);
    return Promise.resolve(null);
  });
  expect(seen).toEqual(["page 1", "page 1"]);
  expect(domain.logs).toMatchObject([{ level: "error", event: "job failed", fields: { job: "failing" } }]);
});

test("while a job runs, no other run of it begins; other jobs do", async () => {
  const domain = await openDomain();
  const begun = Promise.withResolvers<void>();
  const end = Promise.withResolvers<void>();
  const runs: string[] = [];
  const first = runJob(domain.isolate(), "slow", async () => {
    runs.push("first");
    begun.resolve();
    await end.promise;
  });
  await begun.promise;
  const record = (name: string) => () => {
    runs.push(name);
    return Promise.resolve();
  };
  await runJob(domain.isolate(), "slow", record("second"));
  await runJob(domain.isolate(), "other", record("other"));
  end.resolve();
  await first;
  await runJob(domain.isolate(), "slow", record("third"));
  expect(runs).toEqual(["first", "other", "third"]);
});

test("of 20 ticks at once one runs the job", async () => {
  const domain = await openDomain();
  const othersGaveUp = Promise.withResolvers<void>();
  let [runs, gaveUp] = [0, 0];
  const ticks = Array.from({ length: 20 }, async () => {
    await runJob(domain.isolate(), "crowded", async () => {
      runs++;
      await othersGaveUp.promise;
    });
    if (++gaveUp === 19) othersGaveUp.resolve();
  });
  await Promise.all(ticks);
  expect(runs).toBe(1);
});

test("a run that died is taken over when its lease ends, and saves nothing any more if it wakes", async () => {
  const domain = await openDomain();
  const begun = Promise.withResolvers<void>();
  const wake = Promise.withResolvers<void>();
  const dead = runJob(domain.isolate(), "dying", async () => {
    begun.resolve();
    await wake.promise;
    return "the cursor of the dead";
  });
  await begun.promise;
  let runs = 0;
  const again = (cursor: string | null) => () => {
    runs++;
    return Promise.resolve(cursor);
  };
  domain.advance(JOB_LEASE_MS - 60_000);
  await runJob(domain.isolate(), "dying", again("too early"));
  expect(runs).toBe(0);
  domain.advance(61_000);
  await runJob(domain.isolate(), "dying", again("the cursor of the living"));
  expect(runs).toBe(1);
  wake.resolve();
  await dead;
  expect(await domain.rows("SELECT cursor FROM jobs")).toEqual([{ cursor: "the cursor of the living" }]);
});

test("a run renews its lease while it waits for one long answer, and no longer than it lasts", async () => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
  const domain = await openDomain();
  const begun = Promise.withResolvers<void>();
  const answer = Promise.withResolvers<void>();
  const goesOn: boolean[] = [];
  const run = runJob(domain.isolate(), "patient", async (ctx) => {
    begun.resolve();
    await answer.promise;
    goesOn.push(ctx.mayGoOn());
  });
  await begun.promise;
  const leaseUntil = async () =>
    (await domain.rows<{ lease_until: number }>("SELECT lease_until FROM jobs"))[0]?.lease_until ?? 0;
  for (let minute = 0; minute < 5; minute++) {
    const before = await leaseUntil();
    domain.advance(60_000);
    vi.advanceTimersByTime(60_000);
    await expect.poll(leaseUntil).toBeGreaterThan(before + 50_000);
    await runJob(domain.isolate(), "patient", () => Promise.reject(new Error("ran beside itself")));
  }
  answer.resolve();
  await run;
  expect(goesOn).toEqual([true]);
  vi.advanceTimersByTime(10 * 60_000);
  expect(await domain.rows("SELECT holder, lease_until, failures FROM jobs")).toEqual([
    { holder: null, lease_until: 0, failures: 0 },
  ]);
});

test("a run that finds its lease taken begins no further slice", async () => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
  const domain = await openDomain();
  const begun = Promise.withResolvers<void>();
  const wake = Promise.withResolvers<void>();
  let mayGoOn: (() => boolean) | undefined;
  const run = runJob(domain.isolate(), "overtaken", async (ctx) => {
    ({ mayGoOn } = ctx);
    begun.resolve();
    await wake.promise;
  });
  await begun.promise;
  expect(mayGoOn?.()).toBe(true);
  await domain.rows("UPDATE jobs SET holder = 'another'");
  vi.advanceTimersByTime(JOB_LEASE_MS / 3);
  await expect.poll(() => mayGoOn?.()).toBe(false);
  wake.resolve();
  await run;
  expect(await domain.rows("SELECT holder, succeeded_at FROM jobs")).toEqual([
    { holder: "another", succeeded_at: null },
  ]);
});

test("told to stop, a job ends at its next slice with its cursor and its lease given back, and none begins", async () => {
  const domain = await openDomain();
  const ctx = domain.isolate({}, { type: "system" });
  const slices: number[] = [];
  let stopped: Promise<void> | undefined;
  await runJob(ctx, "long", async ({ mayGoOn }, cursor) => {
    let slice = Number(cursor ?? 0);
    while (mayGoOn()) {
      slices.push(++slice);
      if (slice === 3) stopped = runCron(STOP_JOBS, ctx);
    }
    return String(slice);
  });
  await stopped;
  await runJob(ctx, "late", () => Promise.reject(new Error("begun while stopping")));
  expect(slices).toEqual([1, 2, 3]);
  expect(
    await domain.rows("SELECT name, cursor, holder, lease_until, succeeded_at, failures FROM jobs"),
  ).toEqual([{ name: "long", cursor: "3", holder: null, lease_until: 0, succeeded_at: null, failures: 0 }]);
  const [from] = await new Promise<[string | null]>((resolve) => {
    void runJob(domain.isolate(), "long", (_ctx, cursor) => Promise.resolve(resolve([cursor])));
  });
  expect(from).toBe("3");
});

test("told to stop, a job in a slice that does not end gives its lease back all the same", async () => {
  const domain = await openDomain();
  const ctx = domain.isolate({}, { type: "system" });
  const begun = Promise.withResolvers<void>();
  const end = Promise.withResolvers<void>();
  const run = runJob(ctx, "endless", async () => {
    begun.resolve();
    await end.promise;
    return "what the dead would say";
  });
  await begun.promise;
  await runCron(STOP_JOBS, ctx);
  const [next] = await new Promise<[string | null]>((resolve) => {
    void runJob(domain.isolate(), "endless", (_ctx, cursor) => Promise.resolve(resolve([cursor])));
  });
  expect(next).toBeNull();
  end.resolve();
  await run;
  expect(await domain.rows("SELECT cursor FROM jobs")).toEqual([{ cursor: null }]);
});

test("the table tells how runs went: failures and deaths count until one succeeds", async () => {
  const domain = await openDomain();
  const outcome = async () =>
    (
      await domain.rows(
        "SELECT failures, succeeded_at > 0 AS succeeded, failed_at >= started_at AS failed, last_ms >= 0 AS timed FROM jobs",
      )
    )[0];
  const fails = () => Promise.reject(new Error("no"));
  await runJob(domain.isolate(), "told", fails);
  await runJob(domain.isolate(), "told", fails);
  expect(await outcome()).toEqual({ failures: 2, succeeded: null, failed: 1, timed: 1 });
  // A process that died leaves the row as it is while a run is under way.
  await domain.rows(`UPDATE jobs SET holder = 'run_dead', lease_until = 1`);
  await runJob(domain.isolate(), "told", fails);
  expect(await outcome()).toEqual({ failures: 4, succeeded: null, failed: 1, timed: 1 });
  domain.advance(1000);
  await runJob(domain.isolate(), "told", () => Promise.resolve());
  expect(await outcome()).toEqual({ failures: 0, succeeded: 1, failed: 0, timed: 1 });
});
