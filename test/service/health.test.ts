import { describe, expect, test } from "vitest";
import { createDatabase } from "../../functions/core/database/database.ts";
import { runJob } from "../../functions/core/jobs.ts";
import { createS3Storage } from "../../functions/storage/s3.ts";
import { noteTick } from "../../functions/core/ticks.ts";
import { checkHealth } from "../../functions/service/health.ts";
import { useDomain, type Domain } from "../support/domain.ts";
import { startPlainSqld } from "../support/plain-sqld.ts";

const MINUTE = 60_000;
const QUOTA = 1000;
const openDomain = useDomain();
const open = () => openDomain({ settings: { STORAGE_QUOTA_BYTES: String(QUOTA) } });

const wellKept = {
  database: "ok",
  bucket: "ok",
  durability: "ok",
  cron: "ok",
  jobs: "ok",
  quota: "ok",
  clock: "ok",
};
const bucketAt = (domain: Domain, changes: object) =>
  createS3Storage({ ...domain.fake, forcePathStyle: true, ...changes });

test("a stack that lacks nothing is healthy", async () => {
  const domain = await open();
  expect(await checkHealth(domain.ctx)).toEqual({ status: "healthy", checks: wellKept, problems: [] });
  expect(domain.logs).toEqual([]);
});

describe("what keeps it from serving is an error", () => {
  test.each([
    ["missing", { bucket: "elsewhere" }],
    ["refused", { secretAccessKey: "wrong" }],
    ["refused", { accessKeyId: "nobody" }],
    ["unreachable", { endpoint: "http://127.0.0.1:9" }],
  ])("a bucket that is %s", async (state, changes) => {
    const domain = await open();
    const health = await checkHealth(domain.isolate({ storage: bucketAt(domain, changes) }));
    expect(health).toMatchObject({ status: "unhealthy", checks: { ...wellKept, bucket: state } });
    expect(health.problems).toMatchObject([{ check: "bucket", state, severity: "error" }]);
    expect(domain.logs).toMatchObject([{ event: "health changed", fields: { problems: `bucket ${state}` } }]);
  });

  test("a database that is not there, refuses the token, or was never migrated", async () => {
    const domain = await open();
    const { LIBSQL_URL: url } = domain.deps.config;
    const plain = await startPlainSqld();
    try {
      const databases = {
        unreachable: createDatabase({ url: "http://127.0.0.1:9" }),
        refused: createDatabase({ url, authToken: "eyJhbGciOiJFZERTQSJ9.e30.AAAA" }),
        unmigrated: createDatabase({ url: plain.url }),
      };
      for (const [state, db] of Object.entries(databases)) {
        const { status, problems } = await checkHealth(domain.isolate({ db }));
        expect(status).toBe("unhealthy");
        expect(problems).toMatchObject([{ check: "database", state, severity: "error" }]);
      }
    } finally {
      await plain.stop();
    }
  });
});

describe("what will not go on well is a warning", () => {
  async function expectWarning(domain: Domain, check: string, state: string, ctx = domain.ctx) {
    const { status, problems } = await checkHealth(ctx);
    expect(status).toBe("degraded");
    expect(problems).toContainEqual(expect.objectContaining({ check, state, severity: "warning" }));
  }

  test("a database whose commits are not synced", async () => {
    const domain = await open();
    const plain = await startPlainSqld();
    try {
      await plain.migrate();
      const db = createDatabase({ url: plain.url });
      await expectWarning(domain, "durability", "relaxed", domain.isolate({ db }));
      await plain.syncCommits();
      const { status } = await checkHealth(domain.isolate({ db: createDatabase({ url: plain.url }) }));
      expect(status).toBe("healthy");
    } finally {
      await plain.stop();
    }
  });

  test("cron that has not come for some minutes", async () => {
    const domain = await open();
    const seen = (minutes: number) =>
      domain.deps.db.write((q) => ({ noted: noteTick(q, domain.deps.clock() - minutes * MINUTE) }));
    await seen(6);
    await expectWarning(domain, "cron", "late");
    await seen(4);
    expect((await checkHealth(domain.isolate())).checks).toMatchObject({ cron: "ok" });
  });

  test("cron that never came at all", async () => {
    const domain = await open();
    const ctx = domain.isolate();
    expect((await checkHealth(ctx)).checks.cron).toBe("ok");
    domain.advance(6 * MINUTE);
    await expectWarning(domain, "cron", "late", ctx);
  });

  test("a job that fails three times in a row, or runs for longer than any may", async () => {
    const domain = await open();
    const fail = () =>
      runJob(domain.isolate(), "sweep-staging", () => Promise.reject(new Error("no such thing")));
    await fail();
    await fail();
    expect((await checkHealth(domain.isolate())).checks.jobs).toBe("ok");
    await fail();
    await expectWarning(domain, "jobs", "failing", domain.isolate());
    await runJob(domain.isolate(), "sweep-staging", () => Promise.resolve());
    expect((await checkHealth(domain.isolate())).status).toBe("healthy");
    const now = domain.deps.clock();
    await domain.rows(
      `UPDATE jobs SET holder = 'run', started_at = ${now - 21 * MINUTE}, lease_until = ${now + MINUTE}`,
    );
    await expectWarning(domain, "jobs", "stuck", domain.isolate());
  });

  test.each([
    [84, "ok"],
    [85, "high"],
    [95, "critical"],
    [120, "critical"],
  ])("%s %% of the quota: %s", async (percent, state) => {
    const domain = await open();
    await domain.rows(`UPDATE usage SET bytes = ${(percent * QUOTA) / 100} WHERE category = 'full'`);
    const { checks, status } = await checkHealth(domain.ctx);
    expect([checks.quota, status]).toEqual([state, state === "ok" ? "healthy" : "degraded"]);
  });

  test("a clock that differs from the database's, or from the bucket's", async () => {
    const domain = await open();
    const storage = {
      ...domain.deps.storage,
      check: () => Promise.resolve({ state: "ok" as const, aheadMs: -2 * MINUTE }),
    };
    await expectWarning(domain, "clock", "off", domain.isolate({ storage }));
    domain.advance(2 * MINUTE);
    await expectWarning(domain, "clock", "off");
  });
});

test("however many ask, the bucket is asked once in five seconds", async () => {
  const domain = await open();
  const asked = () => domain.fake.requests.length;
  await Promise.all(Array.from({ length: 50 }, () => checkHealth(domain.ctx)));
  expect(asked()).toBe(1);
  await checkHealth(domain.ctx);
  expect(asked()).toBe(1);
  domain.advance(5001);
  await checkHealth(domain.ctx);
  expect(asked()).toBe(2);
});
