import { sql, type SQL } from "drizzle-orm";
import { uploads, usage } from "../../../schema/uploads.ts";
import type { Ctx } from "../../core/context.ts";
import { HOUR_MS } from "../policy.ts";
import type { Publisher } from "../publisher.ts";
import type { Upload } from "../uploads.ts";

/**
 * The row of an upload. The database refuses it unless its owner may begin one, its place is free and there is room for its
 * bytes.
 */
export function guardedRow(ctx: Ctx, publisher: Publisher, upload: Upload, taken: SQL | undefined) {
  return { ...upload, ...guards(ctx, publisher, upload, taken) };
}

/**
 * The columns that guard a row. Where a condition does not hold, its column is NULL; NULL in a NOT NULL column refuses the
 * statement, and SQLite's error names the column. An owner's uploads of the last hour are counted in the index of owner and
 * time; whether the place is taken costs what the publisher's condition costs.
 */
export function guards(ctx: Ctx, publisher: Publisher, upload: Upload, taken: SQL | undefined) {
  const limit = publisher.uploadsPerHour?.(ctx);
  const { id, kind, owner, release } = upload;
  const hourAgo = upload.createdAt - HOUR_MS;
  // The files of a release count as one: it is published as one.
  const hourly = sql`(SELECT count(DISTINCT coalesce(${uploads.release}, ${uploads.id})) FROM ${uploads}
    WHERE ${uploads.owner} = ${owner} AND ${uploads.createdAt} > ${hourAgo} AND ${uploads.id} <> ${id}
    AND ${uploads.kind} = ${kind} AND ${uploads.release} IS NOT ${release ?? ""})`;
  return {
    owner:
      limit === undefined
        ? upload.owner
        : sql<string>`CASE WHEN ${hourly} < ${limit} THEN ${upload.owner} END`,
    fileName: taken
      ? sql<string>`CASE WHEN NOT (${taken}) AND NOT ${isHeldFor(upload)} THEN ${upload.fileName} END`
      : upload.fileName,
    reservedBytes: roomFor(ctx, upload.reservedBytes),
  };
}

/** Whether a file waits for its release at the place of this one: a search in the index `uploads_held`. */
const isHeldFor = ({ id, category, fileName }: Upload) =>
  sql`EXISTS (SELECT 1 FROM ${uploads} WHERE ${uploads.state} = 'held' AND ${uploads.category} = ${category}
    AND ${uploads.fileName} = ${fileName} AND ${uploads.id} <> ${id})`;

/**
 * The number of bytes where the quota has room for them beside all that is used, otherwise NULL. `held` of them are counted
 * as used already. Sums the running totals, one row for each category.
 */
export function roomFor(ctx: Ctx, bytes: number, held: SQL = sql`0`): SQL<number> {
  const quota = ctx.deps.config.STORAGE_QUOTA_BYTES;
  const used = sql`(SELECT sum(${usage.bytes}) FROM ${usage})`;
  return sql<number>`CASE WHEN ${used} + ${bytes} - ${held} <= ${quota} THEN ${bytes} END`;
}
