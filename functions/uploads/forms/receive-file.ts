import { and, eq, sql } from "drizzle-orm";
import { uploads } from "../../../schema/uploads.ts";
import type { Ctx } from "../../core/context.ts";
import { refusals } from "../../core/database/refusals.ts";
import { AppError } from "../../core/errors.ts";
import { createNativeHasher, SHA256_ALONE, type ContentDigests } from "../../kit/hash/hash.ts";
import type { MultipartFile } from "../../kit/multipart/multipart.ts";
import type { Admission, Publisher } from "../publisher.ts";
import { insertUpload, roomFor } from "../admission.ts";
import { newObjectKey, presentationOf } from "../objects.ts";
import { createPartWriter } from "./part-writer.ts";
import { FORM_LIFETIME_MS, FORM_PART_BYTES, FORM_RESERVE_BYTES } from "../policy.ts";
import { blankUpload, type Upload } from "../uploads.ts";

/** One request on its way to an upload. */
export type Form = {
  readonly ctx: Ctx;
  readonly kind: string;
  readonly publisher: Publisher;
  /** The request's length, where it says one. */
  readonly declared: number | undefined;
  /** Bytes that a file may have here. */
  readonly limit: number;
  /** Its row, once there is one. */
  upload?: Upload;
  /** It is not let in, unless its hash says that the very bytes are there already. They are kept nowhere. */
  refused?: { refusal: AppError; draft: unknown };
};

export type ReceivedFile = {
  fileName: string;
  size: number;
  digests: ContentDigests;
  /** The bytes, where they are few enough; larger ones are parts in the bucket. */
  whole: Uint8Array | undefined;
  /** Joins the parts. */
  finish: () => Promise<{ etag: string }>;
  /** Whether it was let in by these very fields. */
  isOf: (fields: Record<string, string>) => boolean;
  admission: Admission | undefined;
};

/** What a request has beside its file at most, boundaries and all. */
const MOST_AROUND = 8 * 1024 * 1024;

/**
 * Lets a file in by what is known so far, and takes its bytes: into memory while they are few, else by parts to the bucket,
 * under a row of their own. Whether the place of a small one is taken is asked when all of it is known.
 */
export async function receiveFile(
  form: Form,
  file: MultipartFile,
  soFar: ReadonlyMap<string, string>,
): Promise<ReceivedFile> {
  const { ctx, publisher, limit, declared } = form;
  const size = Math.min(declared ?? Infinity, limit);
  const known = Object.fromEntries(soFar);
  const seen = JSON.stringify(known);
  const admission = await publisher
    .admit(ctx, known, { fileName: file.fileName, size })
    .catch((error: unknown) => {
      if (mayStillCome(error, ctx, soFar)) return undefined;
      throw error;
    });
  if (declared !== undefined && declared > FORM_PART_BYTES) await open(form, admission);

  const hasher = createNativeHasher(publisher.digests ?? SHA256_ALONE);
  const writer = createPartWriter({
    storage: ctx.deps.storage,
    expected: Math.min(declared ?? 0, FORM_PART_BYTES),
    begin: async () => beginParts(form, form.upload ?? (await open(form, admission))),
    onPart: (bytes) => keepOpen(form, bytes),
  });
  for await (const chunk of file.stream) {
    hasher.update(chunk);
    if (!form.refused) await writer.write(chunk).catch((error: unknown) => unlessRefused(form, error));
  }
  return {
    fileName: file.fileName,
    size: hasher.bytes,
    digests: hasher.digest(),
    whole: form.upload ? undefined : writer.whole(),
    finish: () => writer.finish(),
    isOf: (fields) => JSON.stringify(fields) === seen,
    admission,
  };
}

function mayStillCome(error: unknown, ctx: Ctx, fields: ReadonlyMap<string, string>): boolean {
  if (!(error instanceof AppError)) return false;
  if (error.code === "MISSING_PARAMETER") return true;
  return error.code === "INVALID_API_KEY" && ctx.actor.type === "nobody" && !fields.has("api_key");
}

const provisional = { owner: "", category: "", draft: {}, fileName: "file" };

/** @returns the row, or undefined where the bytes may be those that stand at the place already. */
async function open(form: Form, admission: Admission | undefined): Promise<Upload | undefined> {
  const { ctx, kind, publisher, declared, limit } = form;
  const blank = blankUpload(ctx, kind, admission ?? provisional);
  const upload: Upload = {
    ...blank,
    owner: blank.owner || `form:${blank.id}`,
    reservedBytes: Math.min(declared ?? FORM_RESERVE_BYTES, limit),
    expiresAt: ctx.deps.clock() + FORM_LIFETIME_MS,
    objectKey: newObjectKey(blank),
  };
  try {
    // One of several places gets its name when all is known.
    await insertUpload(ctx, publisher, upload, admission?.contested ? undefined : admission?.taken);
    form.upload = upload;
    return upload;
  } catch (error) {
    if (!(error instanceof AppError) || !admission) throw error;
    // Of several places only the hash says which.
    const standing = admission.contested
      ? undefined
      : await publisher.standing?.(ctx, admission.draft, undefined);
    const mayBeThere = standing ? mayBeOf(standing.size, form) : admission.contested === true;
    if (!mayBeThere) throw error;
    form.refused = { refusal: error, draft: admission.draft };
    return undefined;
  }
}

const mayBeOf = (size: number, { declared }: Form) =>
  declared === undefined || (declared > size && declared < size + MOST_AROUND);

/** In the middle of a file of unknown length it turns out that it is not let in. */
function unlessRefused(form: Form, error: unknown): void {
  if (!form.refused) throw error;
}

/** The multipart id is on record before a part is sent, so that cron can abort what dies half-way. */
async function beginParts({ ctx, publisher, refused }: Form, upload: Upload | undefined) {
  if (!upload) throw refused?.refusal ?? new Error("a form without a row");
  const key = upload.objectKey ?? "";
  const multipartId = await ctx.deps.storage.createMultipart(key, presentationOf(publisher, upload.fileName));
  upload.multipartId = multipartId;
  await ctx.deps.db.write((q) => ({
    upload: q.update(uploads).set({ multipartId }).where(eq(uploads.id, upload.id)),
  }));
  return { key, multipartId };
}

const extensionRefusals = refusals({ "uploads.reserved_bytes": "INSUFFICIENT_STORAGE" });

/** While parts come, an upload neither expires nor outgrows what is reserved for it. */
async function keepOpen({ ctx, upload, limit }: Form, bytes: number): Promise<void> {
  if (!upload) return;
  const now = ctx.deps.clock();
  const outgrown = bytes > upload.reservedBytes;
  if (!outgrown && upload.expiresAt - now > FORM_LIFETIME_MS / 2) return;
  const expiresAt = now + FORM_LIFETIME_MS;
  const reservedBytes = outgrown ? Math.min(2 * bytes, Math.max(limit, bytes)) : upload.reservedBytes;
  const { extended } = await ctx.deps.db.write(
    (q) => ({
      extended: q
        .update(uploads)
        .set({ expiresAt, reservedBytes: roomFor(ctx, reservedBytes, sql`${uploads.reservedBytes}`) })
        .where(and(eq(uploads.id, upload.id), eq(uploads.state, "pending")))
        .returning({ id: uploads.id }),
    }),
    extensionRefusals,
  );
  if (extended.length === 0) throw new AppError("UPLOAD_EXPIRED");
  Object.assign(upload, { expiresAt, reservedBytes });
}
