import { sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import type { Batch } from "../../../functions/core/database/batch.ts";
import {
  ConstraintError,
  createDatabase,
  type Database,
  type Query,
} from "../../../functions/core/database/database.ts";
import { apiKeys } from "../../../schema/accounts.ts";
import { jobs } from "../../../schema/core.ts";
import { packages } from "../../../schema/packages.ts";
import { versions } from "../../../schema/releases.ts";
import { blobs, uploads } from "../../../schema/uploads.ts";
import { startTestDatabase, type TestDatabase } from "../../support/domain/database.ts";
import { startDatabaseProxy } from "../../support/domain/database-proxy.ts";

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let server: TestDatabase;
let proxy: Awaited<ReturnType<typeof startDatabaseProxy>>;
let db: Database;

beforeAll(async () => {
  server = await startTestDatabase();
});
afterAll(() => server.stop());
beforeEach(async () => {
  await server.empty();
  proxy = await startDatabaseProxy(server.url);
  db = createDatabase({ url: proxy.url, authToken: server.authToken });
});
afterEach(() => proxy.stop());

const job = (name: string) => ({ name, leaseUntil: 0 });
const insertJob = (name: string) => db.write((q) => ({ made: q.insert(jobs).values(job(name)) }));
const storedJobs = async () =>
  (await server.rows<{ name: string }>("SELECT name FROM jobs ORDER BY name")).map((row) => row.name);
const readJobs = () => db.read((q) => q.select({ name: jobs.name }).from(jobs));

describe("a batch", () => {
  test("is one round trip, all or nothing", async () => {
    await expect(
      db.write((q) => ({ first: q.insert(jobs).values(job("a")), again: q.insert(jobs).values(job("a")) })),
    ).rejects.toThrow(ConstraintError);
    expect(await storedJobs()).toEqual([]);
    expect(proxy.bodies).toHaveLength(1);
  });

  test("answers each statement's rows", async () => {
    const answers = await db.write((q) => ({
      inserted: q.insert(jobs).values(job("a")).returning({ name: jobs.name }),
      read: q.select({ name: jobs.name }).from(jobs),
    }));
    expect(answers).toEqual({ inserted: [{ name: "a" }], read: [{ name: "a" }] });
  });

  test("that reads before it writes is never refused as busy, however many there are", async () => {
    await insertJob("counter");
    proxy.bodies.length = 0;
    const databases = Array.from({ length: 64 }, () =>
      createDatabase({ url: proxy.url, authToken: server.authToken }),
    );
    await Promise.all(
      databases.map((one) =>
        one.write((q) => ({
          read: q.select().from(jobs),
          counted: q.update(jobs).set({ leaseUntil: sql`(SELECT lease_until FROM jobs) + 1` }),
        })),
      ),
    );
    expect(await server.rows("SELECT lease_until AS n FROM jobs")).toEqual([{ n: 64 }]);
    expect(proxy.bodies).toHaveLength(64);
  });

  test("of reads alone is one round trip too", async () => {
    await insertJob("a");
    proxy.bodies.length = 0;
    const answers = await db.readBatch((q) => ({
      first: q.select({ name: jobs.name }).from(jobs),
      second: q.select({ name: jobs.name }).from(jobs),
    }));
    expect(answers).toEqual({ first: [{ name: "a" }], second: [{ name: "a" }] });
    expect(proxy.bodies).toHaveLength(1);
  });
});

describe("a constraint that refuses is named", () => {
  const key = { id: "key_1", name: "n", prefix: "p", hash: "h", scopes: [], createdAt: 0 };
  const blob = {
    objectKey: "objects/a",
    category: "full",
    size: 1,
    sha256: "",
    sha1: "",
    sha512: "",
    md5: "",
    state: "live" as const,
    createdAt: 0,
  };
  const version = {
    id: "ver_1",
    vkey: "ver_1",
    softwareId: "sfw_0",
    version: "1.0.0",
    orderKey: "1",
    channel: "stable",
    isCritical: false,
    description: "",
    notes: "",
    createdAt: 0,
  };
  const nothing = sql<string>`NULL`;

  test.each<[string, string, (query: Query) => Batch]>([
    [
      "NOT NULL",
      "jobs.lease_until",
      (q) => ({ first: q.insert(jobs).values({ name: "a", leaseUntil: sql`NULL` }) }),
    ],
    [
      "NOT NULL from a sub-select",
      "uploads.owner",
      (q) => ({
        first: q.insert(uploads).values({
          id: "u",
          kind: "k",
          category: "c",
          state: "pending",
          owner: nothing,
          requestHash: "",
          draft: {},
          fileName: "f",
          contentType: "",
          size: 1,
          reservedBytes: 0,
          partSize: 1,
          partCount: 1,
          createdAt: 0,
          expiresAt: 0,
        }),
      }),
    ],
    ["PRIMARY KEY", "jobs.name", (q) => ({ first: q.insert(jobs).values([job("a"), job("a")]) })],
    [
      "UNIQUE on a column",
      "api_keys.hash",
      (q) => ({ first: q.insert(apiKeys).values([key, { ...key, id: "key_2" }]) }),
    ],
    [
      "UNIQUE on several columns",
      "versions.software_id, versions.order_key",
      (q) => ({ first: q.insert(versions).values([version, { ...version, id: "ver_2", vkey: "ver_2" }]) }),
    ],
    ["CHECK", "blobs_refs", (q) => ({ first: q.insert(blobs).values({ ...blob, refs: -1 }) })],
    [
      "FOREIGN KEY",
      "foreign_key",
      (q) => ({ first: q.insert(versions).values({ ...version, softwareId: "sfw_of_nobody" }) }),
    ],
    [
      "a CHECK behind a trigger",
      "blobs_refs",
      (q) => ({
        first: q.insert(blobs).values({ ...blob, id: 7, state: "deleting" }),
        second: q.insert(versions).values(version),
        third: q.insert(packages).values({
          softwareId: "sfw_0",
          versionId: "ver_1",
          type: "full",
          platform: "linux",
          arch: "x64",
          orderKey: "1",
          channel: "stable",
          fileName: "f",
          blobId: 7,
          size: 1,
          uploadId: "u",
          createdAt: 0,
        }),
      }),
    ],
  ])("%s: %s", async (_kind, constraint, build) => {
    await expect(db.write(build)).rejects.toMatchObject({ name: "ConstraintError", constraint });
    expect(proxy.bodies).toHaveLength(1);
  });
});

describe("a database in trouble", () => {
  test.each(["429", "busy"] as const)("that answers %s is asked again, for writes too", async (refusal) => {
    proxy.plan(refusal, refusal, refusal);
    await insertJob("a");
    expect(proxy.bodies).toHaveLength(4);
    expect(await storedJobs()).toEqual(["a"]);

    proxy.plan(refusal, refusal);
    expect(await readJobs()).toEqual([{ name: "a" }]);
  });

  test.each(["lost", "cut", "500"] as const)("a read whose answer is %s is asked again", async (fault) => {
    await insertJob("a");
    proxy.plan(fault, fault);
    expect(await readJobs()).toEqual([{ name: "a" }]);
  });

  test("a write whose answer is lost may have happened, and is not repeated", async () => {
    proxy.plan("lost");
    await expect(insertJob("a")).rejects.toMatchObject({ code: "SERVICE_UNAVAILABLE", retryAfter: 5 });
    expect(proxy.bodies).toHaveLength(1);
    expect(await storedJobs()).toEqual(["a"]);
  });

  test.each(["cut", "500"] as const)("a write that is %s is not repeated", async (fault) => {
    proxy.plan(fault);
    await expect(insertJob("a")).rejects.toMatchObject({ code: "SERVICE_UNAVAILABLE" });
    expect(proxy.bodies).toHaveLength(1);
    expect(await storedJobs()).toEqual([]);
  });

  test("that stays busy is unavailable in the end", async () => {
    proxy.plan(...Array.from({ length: 200 }, () => "busy" as const));
    await expect(insertJob("a")).rejects.toMatchObject({ code: "SERVICE_UNAVAILABLE", retryAfter: 5 });
    expect(await storedJobs()).toEqual([]);
  });

  test("that never answers is unavailable, for reads and writes", async () => {
    proxy.plan("silent", "silent");
    const answers = await Promise.allSettled([insertJob("a"), readJobs()]);
    expect(answers).toMatchObject([
      { status: "rejected", reason: { code: "SERVICE_UNAVAILABLE" } },
      { status: "rejected", reason: { code: "SERVICE_UNAVAILABLE" } },
    ]);
  });

  test("that cannot be reached is unavailable", async () => {
    await proxy.stop();
    await expect(insertJob("a")).rejects.toMatchObject({ code: "SERVICE_UNAVAILABLE" });
    proxy = await startDatabaseProxy(server.url);
  });

  test("a statement that is wrong is neither repeated nor called unavailable", async () => {
    const error = await db.read((q) => q.all(sql`SELECT nothing FROM nowhere`)).catch((e: unknown) => e);
    expect(error).not.toMatchObject({ code: "SERVICE_UNAVAILABLE" });
    expect(error).not.toBeInstanceOf(ConstraintError);
    expect(proxy.bodies).toHaveLength(1);
  });

  test("a wrong token is refused at once", async () => {
    const stranger = createDatabase({ url: proxy.url, authToken: "wrong" });
    await expect(stranger.write((q) => ({ made: q.insert(jobs).values(job("a")) }))).rejects.toThrow();
    expect(await storedJobs()).toEqual([]);
  });
});
