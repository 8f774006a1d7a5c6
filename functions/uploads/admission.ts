import { and, desc, eq, sql, type SQL } from "drizzle-orm";
import { uploads } from "../../schema/uploads.ts";
import type { Ctx } from "../core/context.ts";
import { ConstraintError } from "../core/database/database.ts";
import { AppError } from "../core/errors.ts";
import type { Admission, Publisher } from "./publisher.ts";
import type { Upload } from "./uploads.ts";

const HOUR_MS = 3600_000;
/** Rounds against others for one of several places; each round somebody gets one. */
const MOST_ROUNDS = 20;

/** @throws AppError EMPTY_FILE or FILE_TOO_LARGE. */
export function checkSize(size: number, limit: number): void {
  if (size < 1) throw new AppError("EMPTY_FILE");
  if (size > limit) throw new AppError("FILE_TOO_LARGE", { limit });
}

/** Admits and writes; beaten by another to a place of which there are more, it tries the next. */
export async function contend<T>(
  publisher: Publisher,
  admit: () => Promise<Admission>,
  write: (admission: Admission) => Promise<T>,
): Promise<T> {
  for (let round = 1; ; round++) {
    const admission = await admit();
    try {
      return await write(admission);
    } catch (error) {
      const beaten = error instanceof AppError && error.code === publisher.takenCode;
      if (!beaten || !admission.contested || round >= MOST_ROUNDS) throw error;
    }
  }
}

/**
 * Inserts an upload's row unless its owner had too many this hour, its place is taken or its bytes have no room;
 * where they have none, cleanup gets one chance to make it.
 * @param earlier asked before any refusal: an upload of the same request that won is no reason to refuse this one
 * @returns the row, or the earlier upload
 */
export async function insertUpload(
  ctx: Ctx,
  publisher: Publisher,
  upload: Upload,
  taken: SQL | undefined,
  earlier: () => Promise<Upload | undefined> = async () => undefined,
): Promise<Upload> {
  const row = guardedRow(ctx, publisher, upload, taken);
  const insert = async () => {
    await ctx.deps.db.write((q) => [q.insert(uploads).values(row)]);
    return upload;
  };
  try {
    return await insert();
  } catch (error) {
    if (!(error instanceof ConstraintError)) throw error;
    const winner = await earlier();
    if (winner) return winner;
    if (error.constraint !== "uploads.reserved_bytes") throw await refusalOf(ctx, publisher, upload, error);
  }
  if (!(await publisher.makeRoom(ctx, upload.reservedBytes))) throw new AppError("INSUFFICIENT_STORAGE");
  try {
    return await insert();
  } catch (error) {
    throw await refusalOf(ctx, publisher, upload, error);
  }
}

/**
 * Gives a row whose bytes came before all its fields were known its owner, place and kind, under the same conditions, and
 * what is known since. @throws AppError UPLOAD_EXPIRED where it has ended.
 */
export async function adoptUpload(
  ctx: Ctx,
  publisher: Publisher,
  upload: Upload,
  admission: Admission,
  changes: Partial<Upload>,
): Promise<void> {
  const adopted = { ...upload, ...admission };
  const { owner, fileName } = guards(ctx, publisher, adopted, admission.taken);
  const { category, draft } = admission;
  try {
    const [rows] = await ctx.deps.db.write((q) => [
      q
        .update(uploads)
        .set({ ...changes, owner, fileName, category, draft })
        .where(and(eq(uploads.id, upload.id), eq(uploads.state, "pending")))
        .returning({ id: uploads.id }),
    ]);
    if (rows.length === 0) throw new AppError("UPLOAD_EXPIRED");
  } catch (error) {
    throw await refusalOf(ctx, publisher, adopted, error);
  }
}

/** The row of an upload, refused by the database unless its owner may begin one, its place is free and its bytes have room. */
export function guardedRow(ctx: Ctx, publisher: Publisher, upload: Upload, taken: SQL | undefined) {
  return { ...upload, ...guards(ctx, publisher, upload, taken) };
}

/** NULL in a NOT NULL column refuses the statement, and SQLite's error names the column. */
function guards(ctx: Ctx, publisher: Publisher, upload: Upload, taken: SQL | undefined) {
  const limit = publisher.uploadsPerHour?.(ctx);
  const hourAgo = upload.createdAt - HOUR_MS;
  const hourly = sql`(SELECT count(*) FROM uploads WHERE owner = ${upload.owner} AND created_at > ${hourAgo} AND id <> ${upload.id})`;
  return {
    owner:
      limit === undefined
        ? upload.owner
        : sql<string>`CASE WHEN ${hourly} < ${limit} THEN ${upload.owner} END`,
    fileName: taken ? sql<string>`CASE WHEN NOT (${taken}) THEN ${upload.fileName} END` : upload.fileName,
    reservedBytes: roomFor(ctx, upload.reservedBytes),
  };
}

/** The bytes while there is room for them within the quota beside all that is used, else NULL; `held` of them are used already. */
export function roomFor(ctx: Ctx, bytes: number, held: SQL = sql`0`): SQL<number> {
  const quota = ctx.deps.config.STORAGE_QUOTA_BYTES;
  return sql<number>`CASE WHEN (SELECT sum(bytes) FROM usage) + ${bytes} - ${held} <= ${quota} THEN ${bytes} END`;
}

/** What a row that was refused is answered with; other errors as they are. */
export async function refusalOf(
  ctx: Ctx,
  publisher: Publisher,
  upload: Upload,
  error: unknown,
): Promise<unknown> {
  if (!(error instanceof ConstraintError)) return error;
  if (error.constraint === "uploads.reserved_bytes") return new AppError("INSUFFICIENT_STORAGE");
  if (error.constraint === "uploads.file_name") {
    return new AppError(publisher.takenCode, publisher.refusalParams?.(ctx, publisher.takenCode));
  }
  if (error.constraint !== "uploads.owner") return error;
  const seconds = await secondsUntilAllowed(ctx, upload.owner, publisher.uploadsPerHour?.(ctx) ?? 1);
  return new AppError("RATE_LIMIT_EXCEEDED", { seconds }, { retryAfter: seconds });
}

async function secondsUntilAllowed(ctx: Ctx, owner: string, limit: number): Promise<number> {
  const [oldest] = await ctx.deps.db.read((q) =>
    q
      .select({ at: uploads.createdAt })
      .from(uploads)
      .where(eq(uploads.owner, owner))
      .orderBy(desc(uploads.createdAt))
      .limit(1)
      .offset(limit - 1),
  );
  const freeAt = (oldest?.at ?? 0) + HOUR_MS;
  return Math.max(1, Math.ceil((freeAt - ctx.deps.clock()) / 1000));
}
