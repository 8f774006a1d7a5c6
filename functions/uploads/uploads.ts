import { and, desc, eq, inArray, sql, type SQL } from "drizzle-orm";
import { uploads } from "../../schema/uploads.ts";
import type { Ctx } from "../core/context.ts";
import { ConstraintError } from "../core/database.ts";
import { AppError, invalid } from "../core/errors.ts";
import { sha256Hex } from "../core/hash.ts";
import { newId } from "../core/ids.ts";
import type { Admission, Publisher } from "../core/publisher.ts";
import { MAX_PARTS, PART_BYTES, SINGLE_PUT_BYTES, UPLOAD_LIFETIME_MS } from "./policy.ts";

export type Upload = typeof uploads.$inferSelect;

const HOUR_MS = 3600_000;

export type NewUpload = {
  kind: string;
  /** The kind's own fields, not yet checked. */
  fields: unknown;
  fileName: string;
  /** Bytes. */
  size: number;
  /** Lower-case hex. */
  sha256: string;
  /** Base64. */
  md5?: string | undefined;
  contentType?: string | undefined;
  idempotencyKey?: string | undefined;
};

/** The name that upload URLs are signed for; never served. */
export const stagingKey = (upload: { id: string }) => `staging/${upload.id}`;

/** The Publisher of a kind. @throws AppError VALIDATION_ERROR for a kind that is not taken here. */
export function publisherOf(ctx: Ctx, kind: string): Publisher {
  const publisher = Object.hasOwn(ctx.deps.publishers, kind) ? ctx.deps.publishers[kind] : undefined;
  if (!publisher) throw invalid("kind", Object.keys(ctx.deps.publishers).join(" | "));
  return publisher;
}

/** An upload by its id. @throws AppError UPLOAD_NOT_FOUND. */
export async function findUpload(ctx: Ctx, id: string): Promise<Upload> {
  const [upload] = await ctx.deps.db.read((q) => q.select().from(uploads).where(eq(uploads.id, id)));
  if (!upload) throw new AppError("UPLOAD_NOT_FOUND");
  return upload;
}

/**
 * Records a signed upload and reserves its bytes, refusing all that can be refused now.
 * The same idempotency key and request give the same upload again.
 * @throws AppError of the kind's own checks; INSUFFICIENT_STORAGE, RATE_LIMIT_EXCEEDED, IDEMPOTENCY_CONFLICT.
 */
export async function createUpload(ctx: Ctx, input: NewUpload): Promise<Upload> {
  const publisher = publisherOf(ctx, input.kind);
  checkSize(input.size, publisher.maxBytes(ctx));
  const admission = await publisher.admit(ctx, input.fields, input);

  const requestHash = sha256Hex(
    JSON.stringify([input.kind, admission.draft, input.fileName, input.size, input.sha256, input.md5]),
  );
  const earlier = () => findEarlier(ctx, admission.owner, input.idempotencyKey, requestHash);
  const repeated = await earlier();
  if (repeated) return repeated;

  const upload: Upload = {
    ...blankUpload(ctx, input.kind, admission),
    size: input.size,
    sha256: input.sha256,
    md5: input.md5 ?? null,
    contentType: input.contentType ?? "application/octet-stream",
    idempotencyKey: input.idempotencyKey ?? null,
    requestHash,
    reservedBytes: input.size,
    ...layout(input.size),
  };
  const { storage } = ctx.deps;
  if (upload.partCount > 1) {
    upload.multipartId = await storage.createMultipart(stagingKey(upload), {
      contentType: upload.contentType,
    });
  }
  try {
    await insertUpload(ctx, publisher, upload, admission.taken);
    return upload;
  } catch (error) {
    if (upload.multipartId) await storage.abortMultipart(stagingKey(upload), upload.multipartId);
    const winner = error instanceof ConstraintError ? await earlier() : undefined;
    if (winner) return winner;
    throw error;
  }
}

/** A row for an upload that was let in, before anything is known of its bytes. */
export function blankUpload(
  ctx: Ctx,
  kind: string,
  admission: Pick<Admission, "owner" | "category" | "draft" | "fileName">,
): Upload {
  const now = ctx.deps.clock();
  return {
    id: newId("upl", now),
    kind,
    state: "pending",
    owner: admission.owner,
    category: admission.category,
    draft: admission.draft,
    fileName: admission.fileName,
    idempotencyKey: null,
    requestHash: "",
    contentType: "application/octet-stream",
    size: 0,
    sha256: null,
    md5: null,
    reservedBytes: 0,
    multipartId: null,
    partSize: 0,
    partCount: 1,
    stagingEtag: null,
    bytesVerified: 0,
    hashState: null,
    leaseHolder: null,
    leaseUntil: 0,
    errorCode: null,
    staged: true,
    createdAt: now,
    expiresAt: now + UPLOAD_LIFETIME_MS,
    endedAt: null,
  };
}

/**
 * Inserts an upload's row unless its owner had too many this hour, its place is taken or its bytes have no room;
 * where they have none, cleanup gets one chance to make it.
 */
export async function insertUpload(
  ctx: Ctx,
  publisher: Publisher,
  upload: Upload,
  taken: SQL | undefined,
): Promise<void> {
  const row = { ...upload, ...guards(ctx, upload, taken) };
  const insert = () => ctx.deps.db.write((q) => [q.insert(uploads).values(row)]);
  await withRoom(ctx, publisher, upload, insert);
}

/** Gives a row whose bytes came before all its fields were known its owner, place and kind, under the same conditions. */
export async function adoptUpload(
  ctx: Ctx,
  publisher: Publisher,
  upload: Upload,
  admission: Admission,
): Promise<void> {
  const adopted = { ...upload, ...admission };
  const { owner, fileName } = guards(ctx, adopted, admission.taken);
  const { category, draft } = admission;
  await withRoom(ctx, publisher, adopted, () =>
    ctx.deps.db.write((q) => [
      q.update(uploads).set({ owner, fileName, category, draft }).where(eq(uploads.id, upload.id)),
    ]),
  );
}

/** NULL in a NOT NULL column refuses the statement, and SQLite's error names the column. */
function guards(ctx: Ctx, upload: Upload, taken: SQL | undefined) {
  const { config } = ctx.deps;
  const hourAgo = upload.createdAt - HOUR_MS;
  const hourly = sql`(SELECT count(*) FROM uploads WHERE owner = ${upload.owner} AND created_at > ${hourAgo} AND id <> ${upload.id})`;
  const used = sql`(SELECT sum(bytes) FROM usage)`;
  return {
    owner: sql<string>`CASE WHEN ${hourly} < ${config.UPLOADS_PER_HOUR} THEN ${upload.owner} END`,
    fileName: taken ? sql<string>`CASE WHEN NOT (${taken}) THEN ${upload.fileName} END` : upload.fileName,
    reservedBytes: sql<number>`CASE WHEN ${used} + ${upload.reservedBytes} <= ${config.STORAGE_QUOTA_BYTES} THEN ${upload.reservedBytes} END`,
  };
}

async function withRoom(ctx: Ctx, publisher: Publisher, upload: Upload, write: () => Promise<unknown>) {
  try {
    await write();
  } catch (error) {
    if (!isRefusal(error, "uploads.reserved_bytes")) throw await refusalOf(ctx, publisher, upload, error);
    if (!(await publisher.makeRoom(ctx, upload.reservedBytes))) throw new AppError("INSUFFICIENT_STORAGE");
    try {
      await write();
    } catch (again) {
      throw await refusalOf(ctx, publisher, upload, again);
    }
  }
}

async function refusalOf(ctx: Ctx, publisher: Publisher, upload: Upload, error: unknown): Promise<unknown> {
  if (isRefusal(error, "uploads.reserved_bytes")) return new AppError("INSUFFICIENT_STORAGE");
  if (isRefusal(error, "uploads.file_name")) return new AppError(publisher.takenCode);
  if (!isRefusal(error, "uploads.owner")) return error;
  const seconds = await secondsUntilAllowed(ctx, upload.owner);
  return new AppError("RATE_LIMIT_EXCEEDED", { seconds }, { retryAfter: seconds });
}

const isRefusal = (error: unknown, constraint: string) =>
  error instanceof ConstraintError && error.constraint === constraint;

async function secondsUntilAllowed(ctx: Ctx, owner: string): Promise<number> {
  const [oldest] = await ctx.deps.db.read((q) =>
    q
      .select({ at: uploads.createdAt })
      .from(uploads)
      .where(eq(uploads.owner, owner))
      .orderBy(desc(uploads.createdAt))
      .limit(1)
      .offset(ctx.deps.config.UPLOADS_PER_HOUR - 1),
  );
  const freeAt = (oldest?.at ?? 0) + HOUR_MS;
  return Math.max(1, Math.ceil((freeAt - ctx.deps.clock()) / 1000));
}

async function findEarlier(ctx: Ctx, owner: string, idempotencyKey: string | undefined, requestHash: string) {
  if (idempotencyKey === undefined) return undefined;
  const [earlier] = await ctx.deps.db.read((q) =>
    q
      .select()
      .from(uploads)
      .where(and(eq(uploads.owner, owner), eq(uploads.idempotencyKey, idempotencyKey))),
  );
  if (!earlier) return undefined;
  if (earlier.requestHash !== requestHash) throw new AppError("IDEMPOTENCY_CONFLICT");
  const overdue = earlier.state === "pending" && earlier.expiresAt <= ctx.deps.clock();
  return overdue && (await endUpload(ctx, earlier, "expired")) ? undefined : earlier;
}

function layout(size: number): { partSize: number; partCount: number } {
  if (size <= SINGLE_PUT_BYTES) return { partSize: size, partCount: 1 };
  const partSize = PART_BYTES * Math.ceil(size / (PART_BYTES * MAX_PARTS));
  return { partSize, partCount: Math.ceil(size / partSize) };
}

/** @throws AppError EMPTY_FILE or FILE_TOO_LARGE. */
export function checkSize(size: number, limit: number): void {
  if (size < 1) throw new AppError("EMPTY_FILE");
  if (size > limit) throw new AppError("FILE_TOO_LARGE", { limit });
}

/**
 * Ends an upload that will not be published: gives back its bytes and its idempotency key, and deletes what was staged.
 * @returns whether this call ended it; one that has ended stays as it is.
 */
export async function endUpload(
  ctx: Ctx,
  upload: Pick<Upload, "id" | "multipartId">,
  state: "rejected" | "expired" | "aborted",
  errorCode: string | null = null,
): Promise<boolean> {
  const endedAt = ctx.deps.clock();
  const [ended] = await ctx.deps.db.write((q) => [
    q
      .update(uploads)
      .set({ state, errorCode, endedAt, reservedBytes: 0, idempotencyKey: null, hashState: null })
      .where(and(eq(uploads.id, upload.id), inArray(uploads.state, ["pending", "verifying"])))
      .returning({ id: uploads.id }),
  ]);
  if (ended.length > 0) await deleteStaged(ctx, upload);
  return ended.length > 0;
}

/** Deletes staged bytes; a failure is left to cron, which deletes once more when the upload URLs are dead. */
export async function deleteStaged(ctx: Ctx, upload: Pick<Upload, "id" | "multipartId">): Promise<void> {
  const { storage, log } = ctx.deps;
  try {
    if (upload.multipartId) await storage.abortMultipart(stagingKey(upload), upload.multipartId);
    await storage.delete(stagingKey(upload));
  } catch (error) {
    log.warn("staged bytes not deleted yet", { upload_id: upload.id, error });
  }
}
