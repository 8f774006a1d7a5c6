import type { Ctx } from "../../core/context.ts";
import { AppError } from "../../core/errors.ts";
import { createNativeHasher, SHA256_ALONE, type ContentDigests } from "../../kit/hash/hash.ts";
import type { MultipartFile } from "../../kit/multipart/multipart.ts";
import type { Admission } from "../publisher.ts";
import { createPartWriter } from "./part-writer.ts";
import { FORM_PART_BYTES } from "../policy.ts";
import type { Form } from "./form.ts";
import { beginParts, extendReservation, openRow } from "./form-row.ts";

export type ReceivedFile = {
  fileName: string;
  size: number;
  digests: ContentDigests;
  /** The file's bytes where they are few; the bytes of a larger file are parts in the bucket. */
  whole: Uint8Array | undefined;
  /** Joins the parts in the bucket. */
  finish: () => Promise<{ etag: string }>;
  /** Whether `admission` was asked for with exactly these fields. */
  isAdmittedBy: (fields: Record<string, string>) => boolean;
  admission: Admission | undefined;
};

/**
 * Lets a file in by the fields that are known so far, and takes its bytes: a few into memory, more as parts to the bucket,
 * under a row of their own. Whether a small file's place is taken is asked later, when all of the file is known.
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
  if (declared !== undefined && declared > FORM_PART_BYTES) await openRow(form, admission);

  const hasher = createNativeHasher(publisher.digests ?? SHA256_ALONE);
  const writer = createPartWriter({
    storage: ctx.deps.storage,
    expected: Math.min(declared ?? 0, FORM_PART_BYTES),
    begin: async () => beginParts(form, form.upload ?? (await openRow(form, admission))),
    onPart: (bytes) => extendReservation(form, bytes),
  });
  for await (const chunk of file.stream) {
    hasher.update(chunk);
    if (!form.refused) await writer.write(chunk).catch((error: unknown) => throwUnlessRefused(form, error));
  }
  return {
    fileName: file.fileName,
    size: hasher.bytes,
    digests: hasher.digest(),
    whole: form.upload ? undefined : writer.whole(),
    finish: () => writer.finish(),
    isAdmittedBy: (fields) => JSON.stringify(fields) === seen,
    admission,
  };
}

/** Whether a field that comes after the file may still mend what the file is refused for. */
function mayStillCome(error: unknown, ctx: Ctx, fields: ReadonlyMap<string, string>): boolean {
  if (!(error instanceof AppError)) return false;
  if (error.code === "MISSING_PARAMETER") return true;
  return error.code === "INVALID_API_KEY" && ctx.actor.type === "nobody" && !fields.has("api_key");
}

/** A file of unknown length may be refused in the middle. The rest of it is hashed all the same. */
function throwUnlessRefused(form: Form, error: unknown): void {
  if (!form.refused) throw error;
}
