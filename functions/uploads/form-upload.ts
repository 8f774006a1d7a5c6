import { and, eq } from "drizzle-orm";
import { uploads } from "../../schema/uploads.ts";
import type { Ctx } from "../core/context.ts";
import { AppError, missing, unavailable } from "../core/errors.ts";
import { createContentHasher, type ContentHasher } from "../core/hash.ts";
import { MultipartError, readMultipart, type MultipartFile } from "../core/multipart.ts";
import type { Publisher } from "../core/publisher.ts";
import type { UploadedPart } from "../core/storage.ts";
import { adoptUpload, checkSize, contend, insertUpload } from "./admission.ts";
import { settled } from "./completion.ts";
import { newLease, type Leased } from "./leases.ts";
import { FORM_LIFETIME_MS, FORM_PART_BYTES, MAX_FIELD_BYTES } from "./policy.ts";
import { concludeVerification } from "./verification.ts";
import { blankUpload, endUpload, findUpload, publisherOf, stagingKey, type Upload } from "./uploads.ts";

type Fields = ReadonlyMap<string, string>;

/**
 * A multipart/form-data upload, the Worker being its publisher: streamed to the staging key in bounded memory, hashed on
 * the way, then verified and published like any other. The fields may stand before or behind the file.
 * @returns the surface's own answer to an upload
 * @throws AppError of the kind's checks; MALFORMED_BODY, FILE_TOO_LARGE, EMPTY_FILE.
 */
export async function receiveForm(
  ctx: Ctx,
  request: Request,
  kind: string,
): Promise<Record<string, unknown>> {
  const publisher = publisherOf(ctx, kind);
  let upload: Upload | undefined;
  let hasher: ContentHasher | undefined;
  try {
    const fields = await readMultipart(request, {
      maxFileBytes: formLimit(ctx, publisher),
      maxFieldBytes: MAX_FIELD_BYTES,
      onFile: async (file, soFar) => {
        upload = await open(ctx, kind, publisher, file, soFar, request);
        hasher = createContentHasher(ctx.deps.hashModules);
        upload = { ...upload, ...(await stage(ctx, upload, file.stream, hasher)), fileName: file.fileName };
      },
    });
    if (!upload || !hasher) throw missing("file");
    checkSize(upload.size, formLimit(ctx, publisher));
    const received = upload;
    await contend(
      publisher,
      () => publisher.admit(ctx, Object.fromEntries(fields), received),
      (admission) => adoptUpload(ctx, publisher, received, admission),
    );
    return await conclude(ctx, publisher, received, hasher);
  } catch (error) {
    const refusal = asRefusal(ctx, publisher, error);
    if (upload) {
      const code = refusal instanceof AppError ? refusal.code : "INTERNAL_ERROR";
      await endUpload(ctx, upload, "rejected", code);
    }
    throw refusal;
  }
}

/** Bytes. */
const formLimit = (ctx: Ctx, publisher: Publisher) =>
  Math.min(ctx.deps.config.MAX_FORM_BYTES, publisher.maxBytes(ctx));

/**
 * Lets the file in by what is known so far, provisionally where fields are missing that may still come. Whether its place
 * is taken is asked when all fields are known.
 */
async function open(
  ctx: Ctx,
  kind: string,
  publisher: Publisher,
  file: MultipartFile,
  fields: Fields,
  request: Request,
): Promise<Upload> {
  const declared = Number(request.headers.get("content-length"));
  const size = Math.min(declared || Infinity, formLimit(ctx, publisher));
  const admission = await publisher
    .admit(ctx, Object.fromEntries(fields), { fileName: file.fileName, size })
    .catch((error: unknown) => {
      if (mayStillCome(error, ctx, fields)) return provisional;
      throw error;
    });
  const blank = blankUpload(ctx, kind, admission);
  const upload: Upload = {
    ...blank,
    owner: admission.owner || `form:${blank.id}`,
    reservedBytes: size,
    expiresAt: ctx.deps.clock() + FORM_LIFETIME_MS,
  };
  await insertUpload(ctx, publisher, upload, undefined);
  return upload;
}

const provisional = { owner: "", category: "", draft: {}, fileName: "" };

function mayStillCome(error: unknown, ctx: Ctx, fields: Fields): boolean {
  if (!(error instanceof AppError)) return false;
  if (error.code === "MISSING_PARAMETER") return true;
  return error.code === "INVALID_API_KEY" && ctx.actor.type === "nobody" && !fields.has("api_key");
}

type Staged = Pick<Upload, "size" | "stagingEtag" | "multipartId">;

/** Streams a file to its staging key, as one object when it is small, by parts when it is not. */
async function stage(
  ctx: Ctx,
  upload: Upload,
  stream: AsyncIterable<Uint8Array>,
  hasher: ContentHasher,
): Promise<Staged> {
  const { storage } = ctx.deps;
  const key = stagingKey(upload);
  const presentation = { contentType: upload.contentType };
  const buffer = new Uint8Array(FORM_PART_BYTES);
  const parts: UploadedPart[] = [];
  let filled = 0;
  let multipartId: string | null = null;

  const flush = async () => {
    multipartId ??= await openMultipart(ctx, upload);
    parts.push(await storage.uploadPart(key, multipartId, parts.length + 1, buffer.subarray(0, filled)));
    filled = 0;
  };
  for await (const chunk of stream) {
    hasher.update(chunk);
    for (let taken = 0; taken < chunk.length;) {
      if (filled === buffer.length) await flush();
      const piece = chunk.subarray(taken, taken + buffer.length - filled);
      buffer.set(piece, filled);
      filled += piece.length;
      taken += piece.length;
    }
  }
  if (hasher.bytes === 0) return { size: 0, stagingEtag: null, multipartId };
  if (parts.length > 0) await flush();
  const { etag } = multipartId
    ? await storage.completeMultipart(key, multipartId, parts)
    : await storage.put(key, buffer.subarray(0, filled), presentation);
  return { size: hasher.bytes, stagingEtag: etag, multipartId };
}

/** The multipart id is on record before a part is sent, so that cron can abort what dies half-way. */
async function openMultipart(ctx: Ctx, upload: Upload): Promise<string> {
  const multipartId = await ctx.deps.storage.createMultipart(stagingKey(upload), {
    contentType: upload.contentType,
  });
  upload.multipartId = multipartId;
  await ctx.deps.db.write((q) => [q.update(uploads).set({ multipartId }).where(eq(uploads.id, upload.id))]);
  return multipartId;
}

/** From here on the upload is one whose bytes are hashed already: verification only has to compare and publish. */
async function conclude(ctx: Ctx, publisher: Publisher, upload: Upload, hasher: ContentHasher) {
  const { size, stagingEtag } = upload;
  const [rows] = await ctx.deps.db.write((q) => [
    q
      .update(uploads)
      .set({
        ...newLease(ctx),
        state: "verifying",
        size,
        stagingEtag,
        sha256: hasher.digest().sha256,
        bytesVerified: size,
        hashState: hasher.save(),
        reservedBytes: size,
      })
      .where(and(eq(uploads.id, upload.id), eq(uploads.state, "pending")))
      .returning(),
  ]);
  const leased = rows[0] as Leased | undefined;
  if (!leased) throw new AppError("UPLOAD_EXPIRED");
  await concludeVerification(ctx, leased);
  await settled(ctx, await findUpload(ctx, upload.id));
  const result = await publisher.result(ctx, upload.id);
  if (!result) throw unavailable(new Error("the verified form upload waits for its place in the bucket"));
  return result;
}

function asRefusal(ctx: Ctx, publisher: Publisher, error: unknown): unknown {
  if (!(error instanceof MultipartError)) return error;
  if (error.code === "too-large") {
    return new AppError("FILE_TOO_LARGE", { limit: formLimit(ctx, publisher) }, { cause: error });
  }
  return new AppError("MALFORMED_BODY", { problem: error.message || error.code }, { cause: error });
}
