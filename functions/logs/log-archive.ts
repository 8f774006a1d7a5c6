import type { Ctx } from "../core/context.ts";
import { DAY_MS, dayOf, type Day } from "./log-dates.ts";
import { writeLogFile } from "./log-file.ts";
import { logKinds, logNames, type LineKey, type LogKind, type LogName } from "./log-kinds.ts";
import { archivedLines, archiveKey, merged, ROWS_AT_ONCE, storedLines } from "./log-lines.ts";
import { sweepSnapshots } from "./download-log.ts";

/** After this long no further day is begun; the next run begins with the oldest day of that moment. */
const RUN_MS = 5 * 60_000;

/**
 * Moves days that have been in the database long enough to the bucket, the oldest first. Each day is written to a file and
 * read back, and then only the rows that were read back are deleted. Rows that are added to a day later join its archive.
 * Where a day fails, the next run takes it up from its beginning, with the same result.
 */
export async function archiveLogs(ctx: Ctx): Promise<void> {
  const deadline = ctx.deps.clock() + RUN_MS;
  for (const log of logNames) {
    const kind: LogKind = logKinds[log];
    const end = dayOf(ctx.deps.clock()).from - kind.keptDays(ctx.deps.config) * DAY_MS;
    for (let from = 0; ctx.deps.clock() < deadline && ctx.mayGoOn();) {
      const [oldest] = await ctx.deps.db.read((q) => kind.oldest(q, from, end));
      if (!oldest) break;
      const day = dayOf(oldest.at);
      await archiveDay(ctx, log, day);
      from = day.to;
    }
  }
  await sweepSnapshots(ctx);
}

async function archiveDay(ctx: Ctx, log: LogName, day: Day): Promise<void> {
  const { db, storage } = ctx.deps;
  const kind: LogKind = logKinds[log];
  const key = archiveKey(log, day);
  const lines = merged(archivedLines(ctx, log, day), storedLines(ctx, log, day, true));
  const { size, count } = await writeLogFile(storage, key, lines);
  if ((await storage.head(key))?.size !== size) throw new Error(`${key} is not what was written`);

  let keys: LineKey[] = [];
  const removeArchived = async () => {
    const archived = keys;
    keys = [];
    if (archived.length > 0) await db.write((q) => ({ removed: kind.remove(q, day, archived) }));
  };
  for await (const line of archivedLines(ctx, log, day)) {
    keys.push(line.key);
    if (keys.length === ROWS_AT_ONCE) await removeArchived();
  }
  await removeArchived();
  ctx.deps.log.info("log archived", { log, day: day.name, lines: count, size });
}
