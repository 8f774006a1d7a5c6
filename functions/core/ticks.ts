import { sql, type SQL } from "drizzle-orm";
import { jobs } from "../../schema/core.ts";
import type { Query, Statement } from "./database/database.ts";

/** The row of `jobs` that says when cron was last seen alive. No run ever holds it. */
export const TICK = "tick";

/** When cron was last seen alive, for statements that go by it; NULL before the first time. Milliseconds since 1970. */
export const lastTick: SQL<number | null> =
  sql`(SELECT ${jobs.startedAt} FROM ${jobs} WHERE ${jobs.name} = ${TICK})`;

/** Notes that cron is alive now. An older moment never replaces a newer one, whichever of two runs comes last. */
export function noteTick(query: Query, now: number): Statement {
  return query
    .insert(jobs)
    .values({ name: TICK, startedAt: now })
    .onConflictDoUpdate({
      target: jobs.name,
      set: { startedAt: sql`max(coalesce(${jobs.startedAt}, 0), ${now})` },
    });
}
