import { getTableName, sql } from "drizzle-orm";
import type { SQLiteColumn, SQLiteTable } from "drizzle-orm/sqlite-core";
import { downloadTotals } from "../../schema/downloads.ts";
import type { Ctx } from "../core/context.ts";
import { perIsolate } from "../core/isolate.ts";

/** Long enough to join a burst into one write, far shorter than the 30 s that waitUntil may last. */
const FLUSH_AFTER_MS = 1_000;
/** A flush that has not ended by then died with its request. The next count schedules another. */
const FLUSH_LOST_AFTER_MS = 10_000;

export interface Counters<K = number> {
  /** Adds one to the count of `id`. The sum is written a moment later, kept alive by `waitUntil`. */
  add(id: K, waitUntil: (work: Promise<unknown>) => void): void;
  /** How many different ids wait to be written; where clients choose them, the caller bounds that. */
  size(): number;
  /** Writes what has been summed up; on a failure the sums are kept for the next time. */
  flush(): Promise<void>;
}

/** Sums up counts inside the isolate, so that a popular download costs one write a second instead of one write each. */
export function createCounters<K = number>(
  write: (sums: Map<K, number>) => Promise<void>,
  clock: () => number,
): Counters<K> {
  let sums = new Map<K, number>();
  let scheduledAt = -Infinity;

  async function flush() {
    if (sums.size === 0) return;
    const writing = sums;
    sums = new Map();
    try {
      await write(writing);
    } catch (error) {
      for (const [id, sum] of writing) sums.set(id, (sums.get(id) ?? 0) + sum);
      throw error;
    }
  }

  return {
    flush,
    size: () => sums.size,
    add(id, waitUntil) {
      sums.set(id, (sums.get(id) ?? 0) + 1);
      if (clock() - scheduledAt < FLUSH_LOST_AFTER_MS) return;
      scheduledAt = clock();
      waitUntil(
        new Promise((resolve) => setTimeout(resolve, FLUSH_AFTER_MS)).then(() => {
          scheduledAt = -Infinity;
          return flush();
        }),
      );
    },
  };
}

/** A table whose rows count how often they were downloaded. */
export type CountedTable = SQLiteTable & { id: SQLiteColumn; downloadCount: SQLiteColumn };

export type DownloadCounts = {
  /** Counts one download of the row with this id. */
  add: (ctx: Ctx, id: number) => void;
  /** Writes the downloads counted in this isolate. */
  flush: (ctx: Ctx) => Promise<void>;
};

/** Counts the downloads of a table's rows in the isolate, and writes the sums, and the table's total, as one batch. */
export function createDownloadCounts(table: CountedTable): DownloadCounts {
  const countersOf = perIsolate(({ db, clock }) =>
    createCounters(async (sums) => {
      const counted = JSON.stringify(Object.fromEntries(sums));
      const added = sql`(SELECT value FROM json_each(${counted}) WHERE key = CAST(${table.id} AS TEXT))`;
      const downloads = [...sums.values()].reduce((total, sum) => total + sum, 0);
      await db.write((q) => ({
        total: q
          .insert(downloadTotals)
          .values({ source: getTableName(table), downloads })
          .onConflictDoUpdate({
            target: downloadTotals.source,
            set: { downloads: sql`${downloadTotals.downloads} + excluded.downloads` },
          }),
        counted: q
          .update(table)
          .set({ downloadCount: sql`${table.downloadCount} + ${added}` })
          .where(sql`${table.id} IN (SELECT CAST(key AS INTEGER) FROM json_each(${counted}))`),
      }));
    }, clock),
  );
  return {
    add: (ctx, id) => countersOf(ctx.deps).add(id, ctx.waitUntil),
    flush: (ctx) => countersOf(ctx.deps).flush(),
  };
}
