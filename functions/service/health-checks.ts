import { sql } from "drizzle-orm";
import { jobs } from "../../schema/core.ts";
import { usage } from "../../schema/uploads.ts";
import type { Ctx } from "../core/context.ts";
import { refusalOf } from "../core/database/database.ts";
import { perIsolate } from "../core/isolate.ts";
import type { BucketCheck } from "../storage/storage.ts";
import { TICK } from "../core/ticks.ts";

/** What is checked, and the states that each check can find; the first state is the good one. */
export const checkStates = {
  database: ["ok", "unreachable", "refused", "unmigrated"],
  bucket: ["ok", "unreachable", "refused", "missing"],
  durability: ["ok", "relaxed", "unknown"],
  cron: ["ok", "late"],
  jobs: ["ok", "failing", "stuck"],
  quota: ["ok", "high", "critical"],
  clock: ["ok", "off"],
} as const;

export type CheckName = keyof typeof checkStates;
export type Checks = { [Name in CheckName]?: (typeof checkStates)[Name][number] };

/** Whoever asks for health gives up soon, so whatever has not answered by then counts as not answering. */
const PATIENCE_MS = 5_000;
/** Cron runs each minute, or each POLL_INTERVAL_SECONDS. A tick may be skipped, and may take two minutes. */
const LATE_TICKS = 5;
const MINUTE_MS = 60_000;
/** Runs that failed one after the other. */
const FAILING = 3;
/** Longer than a cron invocation may last. */
const STUCK_MS = 20 * MINUTE_MS;
/** Percent of the quota. */
const HIGH = 85;
const CRITICAL = 95;
/** Signatures are refused when clocks differ by 15 minutes; tokens are dated wrongly before that. */
const CLOCK_MS = MINUTE_MS;

/**
 * Asks database and bucket one small question each, at the same time, and reads everything else from the answers. Never
 * rejects.
 */
export async function lookAtEverything(ctx: Ctx): Promise<Checks> {
  const [bucket, facts, durability] = await Promise.all([
    within(ctx.deps.storage.check(), { state: "unreachable" } satisfies BucketCheck),
    readFacts(ctx),
    readDurability(ctx),
  ]);
  if (typeof facts === "string") return { database: facts, bucket: bucket.state };
  return {
    database: "ok",
    bucket: bucket.state,
    durability,
    cron: cronState(ctx, facts),
    jobs: jobsState(ctx, facts),
    quota: quotaState(ctx, facts),
    clock: [facts.aheadMs, bucket.aheadMs ?? 0].some((ahead) => Math.abs(ahead) > CLOCK_MS) ? "off" : "ok",
  };
}

/** Asks the database for something trivial. Never rejects. */
export async function lookAtDatabase({ deps }: Pick<Ctx, "deps">): Promise<NonNullable<Checks["database"]>> {
  const asked = deps.db.read((q) => q.all(sql`SELECT 1`));
  return within(
    asked.then(() => "ok" as const, refusalOf),
    "unreachable",
  );
}

type Job = { name: string; startedAt: number | null; leaseUntil: number; failures: number };
type Facts = { aheadMs: number; jobs: Job[]; usedBytes: number };

async function readFacts({ deps: { db, clock } }: Ctx): Promise<Facts | NonNullable<Checks["database"]>> {
  const asked = clock();
  const read = db.readBatch((q) => ({
    times: q.select({ now: sql<number>`(julianday('now') - 2440587.5) * 86400000` }).from(sql`(SELECT 1)`),
    jobs: q
      .select({
        name: jobs.name,
        startedAt: jobs.startedAt,
        leaseUntil: jobs.leaseUntil,
        failures: jobs.failures,
      })
      .from(jobs),
    used: q.select({ bytes: sql<number>`coalesce(sum(${usage.bytes}), 0)` }).from(usage),
  }));
  const facts = read.then(({ times, jobs, used }) => {
    const aheadMs = (times[0]?.now ?? 0) - (asked + clock()) / 2;
    return { aheadMs, jobs, usedBytes: used[0]?.bytes ?? 0 };
  }, refusalOf);
  return within<Facts | NonNullable<Checks["database"]>>(facts, "unreachable");
}

/** An sqld of one's own says by a PRAGMA whether it syncs each commit (2) or not (1). Turso keeps commits in another way. */
async function readDurability({ deps: { db, config } }: Ctx): Promise<NonNullable<Checks["durability"]>> {
  if (new URL(config.LIBSQL_URL).hostname.endsWith(".turso.io")) return "ok";
  const read = db.read((q) =>
    q.all<{ synchronous: number }>(sql`SELECT synchronous FROM pragma_synchronous`),
  );
  const state = read.then(
    ([row]) => (row === undefined ? "unknown" : row.synchronous >= 2 ? "ok" : "relaxed"),
    () => "unknown" as const,
  );
  return within(state, "unknown");
}

/** When this isolate was first asked for health. */
const firstAsked = perIsolate(({ clock }) => clock());

function cronState({ deps }: Ctx, { jobs: rows }: Facts): Checks["cron"] {
  const now = deps.clock();
  // A cron that has never run gets some more minutes for its first run.
  const began = firstAsked(deps);
  const seen = rows.find(({ name }) => name === TICK)?.startedAt ?? began;
  const period = Math.max(deps.config.POLL_INTERVAL_SECONDS * 1000, MINUTE_MS);
  return now - seen > LATE_TICKS * period ? "late" : "ok";
}

function jobsState({ deps }: Ctx, { jobs: rows }: Facts): Checks["jobs"] {
  if (rows.some(({ failures }) => failures >= FAILING)) return "failing";
  const now = deps.clock();
  const isStuck = ({ startedAt, leaseUntil }: Job) => leaseUntil > now && now - (startedAt ?? now) > STUCK_MS;
  return rows.some(isStuck) ? "stuck" : "ok";
}

function quotaState({ deps }: Ctx, { usedBytes }: Facts): Checks["quota"] {
  const percent = (usedBytes / deps.config.STORAGE_QUOTA_BYTES) * 100;
  if (percent >= CRITICAL) return "critical";
  return percent >= HIGH ? "high" : "ok";
}

async function within<T>(work: Promise<T>, otherwise: T): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<T>((resolve) => {
    timer = setTimeout(() => resolve(otherwise), PATIENCE_MS);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
