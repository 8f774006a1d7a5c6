import { expect, test } from "vitest";
import { runJob } from "../../functions/core/jobs.ts";
import { useDomain } from "../support/domain.ts";

const LEASE_MS = 16 * 60_000;

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
  domain.advance(LEASE_MS - 60_000);
  await runJob(domain.isolate(), "dying", again("too early"));
  expect(runs).toBe(0);
  domain.advance(61_000);
  await runJob(domain.isolate(), "dying", again("the cursor of the living"));
  expect(runs).toBe(1);
  wake.resolve();
  await dead;
  expect(await domain.rows("SELECT cursor FROM jobs")).toEqual([{ cursor: "the cursor of the living" }]);
});
