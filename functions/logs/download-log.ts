import { requireAdmin } from "../accounts/sign-in/sessions.ts";
import type { Ctx } from "../core/context.ts";
import { AppError, unavailable } from "../core/errors.ts";
import { DAY_MS, dayOf, type Day } from "./log-dates.ts";
import { LOG_TYPE, writeLogFile } from "./log-file.ts";
import { logKinds, type LogKind, type LogName } from "./log-kinds.ts";
import { archivedLines, archiveKey, merged, storedLines } from "./log-lines.ts";

const URL_SECONDS = 3600;
/** Twice is enough: a day is archived once. */
const ATTEMPTS = 3;

const SNAPSHOTS = "logs/snapshots/";
/** Snapshots that no signed URL serves any more. */
const SNAPSHOT_MS = DAY_MS;

/**
 * A signed GET of a day of a log, good for an hour: of its archive, or, while rows of that day are in the database, of a
 * file written now of both. @param date YYYY-MM-DD, UTC
 * @throws AppError LOG_NOT_FOUND for a day of which there is nothing, such as one that is yet to come.
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
    // Where the day was archived meanwhile, rows may have gone before they were read.
    if ((await storage.head(archive))?.etag === archived?.etag) return sign(ctx, snapshot, log, day);
  }
  throw unavailable(new Error("the log was archived again and again"));
}

/** Deletes files written for downloads that nobody can be downloading any more. */
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
