import { and, eq } from "drizzle-orm";
import { uploads } from "../../schema/uploads.ts";
import { AppError } from "../core/errors.ts";
import type { Admission } from "../core/publisher.ts";
import { adoptUpload, contend, insertUpload } from "./admission.ts";
import type { Form, ReceivedFile } from "./form-file.ts";
import { newLease, type Leased } from "./leases.ts";
import { newObjectKey, presentationOf } from "./objects.ts";
import { FORM_LIFETIME_MS } from "./policy.ts";
import { promoteAndPublish } from "./promotion.ts";
import { findSame } from "./repetition.ts";
import { blankUpload, endUpload, type Upload } from "./uploads.ts";

/** The upload whose result is the form's, or one that says what became of it. */
export type FormOutcome =
  | { uploadId: string; undecided?: undefined }
  | { uploadId?: undefined; undecided: string };

type Fields = Record<string, string>;

/**
 * A file of which all is known before anything is kept: its row says so, its object is one PUT to the final key, and one
 * batch publishes it.
 */
export async function publishSmallFile(
  form: Form,
  file: ReceivedFile,
  bytes: Uint8Array,
  fields: Fields,
): Promise<FormOutcome> {
  const { ctx, kind, publisher } = form;
  const { size, digests } = file;
  const record = async (admission: Admission) => {
    const blank = blankUpload(ctx, kind, admission);
    const upload: Leased = {
      ...blank,
      ...newLease(ctx),
      size,
      sha256: digests.sha256,
      reservedBytes: size,
      expiresAt: ctx.deps.clock() + FORM_LIFETIME_MS,
      objectKey: newObjectKey({ ...blank, sha256: digests.sha256 }),
    };
    await insertUpload(ctx, publisher, upload, admission.taken);
    form.upload = upload;
    return upload;
  };
  const recorded = await letIn(form, file, fields, record);
  if ("uploadId" in recorded) return recorded;

  const key = recorded.objectKey ?? "";
  const published = await promoteAndPublish(ctx, recorded, digests, {
    read: (start, end) => Promise.resolve(bytes.slice(start, end + 1)),
    async bring(fileName) {
      const presentation = { ...presentationOf(publisher, fileName), sha256: digests.sha256 };
      await ctx.deps.storage.put(key, bytes, presentation);
    },
    before: (q) => [
      q
        .update(uploads)
        .set({ state: "verifying", bytesVerified: size })
        .where(and(eq(uploads.id, recorded.id), eq(uploads.state, "pending"))),
    ],
  });
  return published ? { uploadId: recorded.id } : { undecided: recorded.id };
}

/** A file whose parts are in the bucket: from here on it is an upload whose bytes are hashed already. */
export async function publishLargeFile(form: Form, file: ReceivedFile, fields: Fields): Promise<FormOutcome> {
  const { ctx, publisher, upload } = form;
  if (!upload) throw new Error("a large form without a row");
  const { size, digests } = file;
  const { etag } = await file.finish();
  const adopt = async (admission: Admission): Promise<Leased> => {
    const verified = {
      ...newLease(ctx),
      state: "verifying",
      size,
      sha256: digests.sha256,
      digests,
      bytesVerified: size,
      stagingEtag: etag,
      reservedBytes: size,
    } as const;
    await adoptUpload(ctx, publisher, upload, admission, verified);
    const { owner, fileName, category, draft } = admission;
    return { ...upload, owner, fileName, category, draft, ...verified };
  };
  const adopted = await letIn(form, file, fields, adopt);
  if ("uploadId" in adopted) {
    await endUpload(ctx, upload, "aborted");
    return adopted;
  }
  const published = await promoteAndPublish(ctx, adopted, digests);
  return published ? { uploadId: adopted.id } : { undecided: adopted.id };
}

/** Lets a file in by all its fields; refused for the very bytes that stand at its place, it is the upload of those. */
async function letIn<T extends Upload>(
  { ctx, publisher }: Form,
  file: ReceivedFile,
  fields: Fields,
  write: (admission: Admission) => Promise<T>,
): Promise<T | { uploadId: string }> {
  const { fileName, size, digests } = file;
  const { sha256 } = digests;
  let first = file.isOf(fields) && !file.admission?.contested ? file.admission : undefined;
  let draft: unknown;
  const admit = async () => {
    const admission = first ?? (await publisher.admit(ctx, fields, { fileName, size, sha256 }));
    first = undefined;
    draft = admission.draft;
    return admission;
  };
  const writeUnlessSame = async (admission: Admission) => {
    try {
      return await write(admission);
    } catch (error) {
      if (!(error instanceof AppError) || error.code === "SERVICE_UNAVAILABLE") throw error;
      const same = await findSame(ctx, publisher, draft, sha256);
      if (same) return { uploadId: same.uploadId };
      throw error;
    }
  };
  return contend(publisher, admit, writeUnlessSame);
}
