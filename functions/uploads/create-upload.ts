import type { Ctx } from "../core/context.ts";
import { AppError } from "../core/errors.ts";
import type { Admission, Publisher, PublishedFile } from "./publisher.ts";
import { checkSize, writeAtFreePlace, insertUpload } from "./admission/admission.ts";
import { findEarlierUpload, findRepeatedUpload, hashRequest } from "./admission/idempotency.ts";
import { newObjectKey, presentationOf, writtenKey } from "./publishing/objects.ts";
import { MAX_PARTS, PART_BYTES, SINGLE_PUT_BYTES } from "./policy.ts";
import { findHeldBytes, findSameBytes } from "./publishing/repetition.ts";
import { blankUpload, isRecorded, type NewUpload, type Upload } from "./uploads.ts";
import { publisherOf } from "./publishers.ts";

/**
 * Records a signed upload and reserves its bytes, refusing all that can be refused now.
 * The same idempotency key and request give the same upload again. What was published at the same place with the same
 * bytes is `ready` at once, recorded and counted nowhere: `repeats` is its own id then. What is held for the same release with
 * the same bytes is that upload.
 * @throws AppError of the kind's own checks; INSUFFICIENT_STORAGE, TOO_MANY_UPLOADS, IDEMPOTENCY_CONFLICT.
 */
export async function createUpload(ctx: Ctx, input: NewUpload): Promise<Upload> {
  const publisher = publisherOf(input.kind);
  checkSize(input.size, publisher.maxBytes(ctx), publisher.mayBeEmpty);
  try {
    return await writeAtFreePlace(
      publisher,
      () => publisher.admit(ctx, input.fields, input),
      (admission) => recordUpload(ctx, publisher, input, admission),
    );
  } catch (error) {
    // A repeated request might otherwise be refused because of what its first sending has done.
    const repeated = error instanceof AppError ? await findRepeatedUpload(ctx, input) : undefined;
    if (repeated) return repeated;
    throw error;
  }
}

async function recordUpload(
  ctx: Ctx,
  publisher: Publisher,
  input: NewUpload,
  admission: Admission,
): Promise<Upload> {
  const { storage, log } = ctx.deps;
  const requestHash = hashRequest(ctx, input);
  const findEarlier = () => findEarlierUpload(ctx, admission.owner, input.idempotencyKey, requestHash);
  const repeated = await findEarlier();
  if (repeated) return repeated;

  const upload: Upload = {
    ...blankUpload(ctx, input.kind, admission),
    size: input.size,
    sha256: input.sha256 ?? null,
    md5: input.md5 ?? null,
    contentType: input.contentType ?? "application/octet-stream",
    idempotencyKey: input.idempotencyKey ?? null,
    requestHash,
    reservedBytes: input.size,
    ...partsOf(input.size, input.partSize),
  };
  if (upload.partCount > 1) {
    const same = await findSameBytes(ctx, publisher, admission.draft, input.sha256);
    if (same) return asPublishedAlready(upload, same);
    upload.objectKey = newObjectKey(upload);
    const presentation = presentationOf(publisher, upload.fileName);
    upload.multipartId = await storage.createMultipart(upload.objectKey, presentation);
  }
  const abortMultipart = async () => {
    if (!upload.multipartId) return;
    const aborted = storage.abortMultipart(writtenKey(upload), upload.multipartId);
    await aborted.catch((error: unknown) => log.warn("multipart upload not aborted", { error }));
  };
  try {
    const recorded = await insertUpload(ctx, publisher, upload, admission.taken, findEarlier);
    if (recorded.id !== upload.id) await abortMultipart();
    return recorded;
  } catch (error) {
    // Where the answer was lost, the row may be there all the same, and a retry would get it.
    if (!(await isRecorded(ctx, upload.id))) await abortMultipart();
    const refused = error instanceof AppError && error.code !== "SERVICE_UNAVAILABLE";
    const same = refused ? await findSameBytes(ctx, publisher, admission.draft, input.sha256) : undefined;
    if (same) return asPublishedAlready(upload, same);
    const held = refused ? await findHeldBytes(ctx, upload) : undefined;
    if (held) return held;
    throw error;
  }
}

/** The same bytes are there already, so nothing is to be sent. */
function asPublishedAlready(upload: Upload, { uploadId }: PublishedFile): Upload {
  const layout = { objectKey: null, multipartId: null, partSize: upload.size, partCount: 1 };
  return { ...upload, ...layout, id: uploadId, repeats: uploadId, state: "ready" };
}

/** @param wanted bytes of a part, which are multiplied where there would be too many parts */
function partsOf(size: number, wanted?: number): { partSize: number; partCount: number } {
  if (size <= (wanted ?? SINGLE_PUT_BYTES)) return { partSize: size, partCount: 1 };
  const least = wanted ?? PART_BYTES;
  const partSize = least * Math.ceil(size / (least * MAX_PARTS));
  return { partSize, partCount: Math.ceil(size / partSize) };
}
