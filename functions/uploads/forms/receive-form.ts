import type { Ctx } from "../../core/context.ts";
import { AppError, missing, unavailable } from "../../core/errors.ts";
import { malformedForm } from "../../core/http/malformed-form.ts";
import { MultipartError, readMultipart } from "../../kit/multipart/multipart.ts";
import type { Publisher } from "../publisher.ts";
import type { Form } from "./form.ts";
import { receiveFile, type ReceivedFile } from "./receive-file.ts";
import { publishLargeFile, publishSmallFile } from "./publish-form.ts";
import { FORM_PART_BYTES, MAX_FIELD_BYTES, MAX_PARTS } from "../policy.ts";
import { findSameBytes } from "../publishing/repetition.ts";
import { endUpload, findUpload } from "../uploads.ts";
import { publisherOf } from "../publishers.ts";
import { resultOf, statusUnlessFailed } from "../upload-status.ts";

/** The field that holds the file in every form; files in other fields are ignored. */
const FILE_FIELD = "file";

/**
 * Receives a multipart/form-data upload. The Worker itself is the publisher: it streams the file to its final key in bounded
 * memory, hashes it on the way, and publishes it like any other upload. The fields may come before or after the file.
 * @returns the surface's own answer to an upload
 * @throws AppError of the kind's checks; MALFORMED_BODY, FILE_TOO_LARGE, EMPTY_FILE.
 */
export async function receiveForm(
  ctx: Ctx,
  request: Request,
  kind: string,
): Promise<Record<string, unknown>> {
  const publisher = publisherOf(kind);
  const declared = Number(request.headers.get("content-length")) || undefined;
  const form: Form = { ctx, kind, publisher, declared, limit: formLimit(ctx, publisher) };
  let file: ReceivedFile | undefined;
  try {
    const fields = await readMultipart(request, {
      maxFileBytes: form.limit,
      fileField: FILE_FIELD,
      maxFieldBytes: MAX_FIELD_BYTES,
      onFile: async (incoming, soFar) => {
        file = await receiveFile(form, incoming, soFar);
      },
    });
    if (!file) throw missing(FILE_FIELD);
    if (file.size === 0) throw new AppError("EMPTY_FILE");
    return await publishForm(form, file, Object.fromEntries(fields));
  } catch (error) {
    const refusal = refusalOf(form, error);
    if (form.upload) {
      const code = refusal instanceof AppError ? refusal.code : "INTERNAL_ERROR";
      await endUpload(ctx, form.upload, "rejected", code);
    }
    throw refusal;
  }
}

/** Bytes. */
const formLimit = (ctx: Ctx, publisher: Publisher) =>
  Math.min(
    ctx.deps.config.MAX_FORM_BYTES,
    publisher.maxBytes(ctx),
    publisher.maxFormBytes ?? Infinity,
    FORM_PART_BYTES * MAX_PARTS,
  );

async function publishForm(form: Form, file: ReceivedFile, fields: Record<string, string>) {
  const { ctx, kind, publisher } = form;
  const { sha256 } = file.digests;
  const answerOf = async (uploadId: string) => {
    const result = await resultOf(ctx, { id: uploadId, kind, repeats: null });
    if (!result) throw unavailable(new Error("the verified form upload waits for its place"));
    return result;
  };
  if (form.refused) {
    const same = await findSameBytes(ctx, publisher, form.refused.draft, sha256);
    if (!same) throw form.refused.refusal;
    return answerOf(same.uploadId);
  }
  const outcome = file.whole
    ? await publishSmallFile(form, file, file.whole, fields)
    : await publishLargeFile(form, file, fields);
  if ("uploadId" in outcome) return outcome.result ?? answerOf(outcome.uploadId);
  // The form was refused, or another run has published it meanwhile.
  const upload = await findUpload(ctx, outcome.undecided);
  await statusUnlessFailed(ctx, upload);
  return answerOf(upload.repeats ?? upload.id);
}

function refusalOf({ publisher, limit }: Form, error: unknown): unknown {
  if (!(error instanceof MultipartError)) return error;
  if (error.code === "too-large") {
    const elsewhere = publisher.command && { instead: "form.tooLarge", command: publisher.command };
    return new AppError("FILE_TOO_LARGE", { limit, ...elsewhere }, { cause: error });
  }
  return malformedForm(error);
}
