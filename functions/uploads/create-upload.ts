import { and, eq } from "drizzle-orm";
import { uploads } from "../../schema/uploads.ts";
import { actorName, type Ctx } from "../core/context.ts";
import { AppError } from "../core/errors.ts";
import { sha256Hex } from "../kit/hash/hash.ts";
import type { Admission, Publisher, Standing } from "./publisher.ts";
import { checkSize, writeAtFreePlace, insertUpload } from "./admission.ts";
import { newObjectKey, presentationOf, writtenKey } from "./objects.ts";
import { MAX_PARTS, PART_BYTES, SINGLE_PUT_BYTES } from "./policy.ts";
import { findSame } from "./repetition.ts";
import { blankUpload, endUpload, isRecorded, type Upload } from "./uploads.ts";
import { publisherOf } from "./publishers.ts";

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

/**
 * Records a signed upload and reserves its bytes, refusing all that can be refused now.
 * The same idempotency key and request give the same upload again. What was published at the same place with the same
 * bytes is `ready` at once, recorded and counted nowhere: `repeats` is its own id then.
 * @throws AppError of the kind's own checks; INSUFFICIENT_STORAGE, RATE_LIMIT_EXCEEDED, IDEMPOTENCY_CONFLICT.
 */
export async function createUpload(ctx: Ctx, input: NewUpload): Promise<Upload> {
  const publisher = publisherOf(input.kind);
  checkSize(input.size, publisher.maxBytes(ctx));
  try {
    return await writeAtFreePlace(
      publisher,
      () => publisher.admit(ctx, input.fields, input),
      (admission) => record(ctx, publisher, input, admission),
    );
  } catch (error) {
    // A repeated request may be refused for what its first sending has done.
    const repeated = error instanceof AppError ? await findRepeated(ctx, input) : undefined;
    if (repeated) return repeated;
    throw error;
  }
}

/** What makes two requests the same: all that was sent, and who sent it. */
function hashOf(ctx: Ctx, input: NewUpload): string {
  const { kind, fields, fileName, size, sha256, md5 } = input;
  const sorted = Object.entries(fields ?? {}).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return sha256Hex(JSON.stringify([actorName(ctx.actor), kind, sorted, fileName, size, sha256, md5]));
}

async function findRepeated(ctx: Ctx, input: NewUpload): Promise<Upload | undefined> {
  const { idempotencyKey } = input;
  if (idempotencyKey === undefined) return undefined;
  const [repeated] = await ctx.deps.db.read((q) =>
    q
      .select()
      .from(uploads)
      .where(and(eq(uploads.idempotencyKey, idempotencyKey), eq(uploads.requestHash, hashOf(ctx, input)))),
  );
  return repeated;
}

async function record(
  ctx: Ctx,
  publisher: Publisher,
  input: NewUpload,
  admission: Admission,
): Promise<Upload> {
  const { storage, log } = ctx.deps;
  const requestHash = hashOf(ctx, input);
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
  if (upload.partCount > 1) {
    const same = await findSame(ctx, publisher, admission.draft, input.sha256);
    if (same) return repeatedUpload(upload, same);
    upload.objectKey = newObjectKey(upload);
    const presentation = presentationOf(publisher, upload.fileName);
    upload.multipartId = await storage.createMultipart(upload.objectKey, presentation);
  }
  const unused = async () => {
    if (!upload.multipartId) return;
    const aborted = storage.abortMultipart(writtenKey(upload), upload.multipartId);
    await aborted.catch((error: unknown) => log.warn("multipart upload not aborted", { error }));
  };
  try {
    const recorded = await insertUpload(ctx, publisher, upload, admission.taken, earlier);
    if (recorded.id !== upload.id) await unused();
    return recorded;
  } catch (error) {
    // After a lost answer the row may be there all the same, and a retry would get it.
    if (!(await isRecorded(ctx, upload.id))) await unused();
    const refused = error instanceof AppError && error.code !== "SERVICE_UNAVAILABLE";
    const same = refused ? await findSame(ctx, publisher, admission.draft, input.sha256) : undefined;
    if (!same) throw error;
    return repeatedUpload(upload, same);
  }
}

/** Of what is there already nothing is to be sent. */
function repeatedUpload(upload: Upload, { uploadId }: Standing): Upload {
  const layout = { objectKey: null, multipartId: null, partSize: upload.size, partCount: 1 };
  return { ...upload, ...layout, id: uploadId, repeats: uploadId, state: "ready" };
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
