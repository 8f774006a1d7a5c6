import { sql, type SQL } from "drizzle-orm";
import { uploads, usage } from "../../../schema/uploads.ts";
import type { Ctx } from "../../core/context.ts";
import { HOUR_MS } from "../policy.ts";
import type { Publisher } from "../publisher.ts";
import type { Upload } from "../uploads.ts";

/** The row of an upload, refused by the database unless its owner may begin one, its place is free and its bytes have room. */
export function guardedRow(ctx: Ctx, publisher: Publisher, upload: Upload, taken: SQL | undefined) {
  return { ...upload, ...guards(ctx, publisher, upload, taken) };
}

/**
 * The columns of a row that guard it, for NULL in a NOT NULL column refuses the statement, and SQLite's error names the column.
 * To count an owner's uploads of the last hour, it walks them in the index of owner and time; whether the place is taken costs
 * what the publisher's condition costs.
 */
export function guards(ctx: Ctx, publisher: Publisher, upload: Upload, taken: SQL | undefined) {
  const limit = publisher.uploadsPerHour?.(ctx);
  const hourAgo = upload.createdAt - HOUR_MS;
  const hourly = sql`(SELECT count(*) FROM ${uploads} WHERE ${uploads.owner} = ${upload.owner}
    AND ${uploads.createdAt} > ${hourAgo} AND ${uploads.id} <> ${upload.id})`;
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
 * The bytes while there is room for them within the quota beside all that is used, else NULL; `held` of them are used already.
 * It sums the running totals, a row for each category.
 */
export function roomFor(ctx: Ctx, bytes: number, held: SQL = sql`0`): SQL<number> {
  const quota = ctx.deps.config.STORAGE_QUOTA_BYTES;
  const used = sql`(SELECT sum(${usage.bytes}) FROM ${usage})`;
  return sql<number>`CASE WHEN ${used} + ${bytes} - ${held} <= ${quota} THEN ${bytes} END`;
}
