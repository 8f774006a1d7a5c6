import { requireAdmin } from "../accounts/sign-in/sessions.ts";
import type { Ctx } from "../core/context.ts";
import { AppError, unavailable } from "../core/errors.ts";
import { DAY_MS, dayOf, type Day } from "./log-dates.ts";
import { LOG_TYPE, writeLogFile } from "./log-file.ts";
import { logKinds, type LogKind, type LogName } from "./log-kinds.ts";
import { archivedLines, archiveKey, merged, storedLines } from "./log-lines.ts";

const URL_SECONDS = 3600;
/** How often to try: twice is enough, because a day is archived only once. */
const ATTEMPTS = 3;

const SNAPSHOTS = "logs/snapshots/";
/** Files that were written for one download, and whose signed URL has expired. */
const SNAPSHOT_MS = DAY_MS;

/**
 * A signed GET of one day of a log, good for an hour. It leads to the day's archive or, while the database still holds rows
 * of that day, to a file that is written now from both.
 * @param date YYYY-MM-DD, UTC
 * @throws AppError LOG_NOT_FOUND for a day of which there is nothing, such as a future one.
 */
export async function downloadLog(ctx: Ctx, log: LogName, date: string): Promise<string> {
  requireAdmin(ctx);
  const { storage } = ctx.deps;
  const day = dayOf(Date.parse(date));
  const archive = archiveKey(log, day);
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const archived = await storage.head(archive);
    if (!(await hasRows(ctx, log, day))) {
      if (!archived) throw new AppError("LOG_NOT_FOUND");
      return sign(ctx, archive, log, day);
    }
    const snapshot = `${SNAPSHOTS}${log}-${day.name}.jsonl`;
    await writeLogFile(storage, snapshot, merged(archivedLines(ctx, log, day), storedLines(ctx, log, day)));
    // If the day was archived meanwhile, rows may have been deleted before they were read here.
    if ((await storage.head(archive))?.etag === archived?.etag) return sign(ctx, snapshot, log, day);
  }
  throw unavailable(new Error("the log was archived again and again"));
}

/** Deletes files that were written for one download and that nobody can still be downloading. */
export async function sweepSnapshots({ deps: { storage, clock } }: Ctx): Promise<void> {
  const { objects } = await storage.list(SNAPSHOTS);
  for (const { key, lastModified } of objects) {
    if (lastModified.getTime() < clock() - SNAPSHOT_MS) await storage.delete(key);
  }
}

async function hasRows(ctx: Ctx, log: LogName, day: Day): Promise<boolean> {
  const kind: LogKind = logKinds[log];
  const first = { day, after: undefined, limit: 1, onlyEnded: false };
  return (await ctx.deps.db.read((q) => kind.read(q, first))).length > 0;
}

const sign = (ctx: Ctx, key: string, log: LogName, day: Day) =>
  ctx.deps.storage.signGet(key, {
    expiresIn: URL_SECONDS,
    fileName: `${log}-${day.name}.jsonl`,
    contentType: LOG_TYPE,
  });
