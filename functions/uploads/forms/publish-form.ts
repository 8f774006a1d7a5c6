import type { Ctx } from "../../core/context.ts";
import { uploads } from "../../../schema/uploads.ts";
import { AppError, unavailable } from "../../core/errors.ts";
import type { Admission, Publisher } from "../publisher.ts";
import {
  admissionError,
  admissionRefusals,
  admitReceivedUpload,
  isAdmissionRefusal,
  writeAtFreePlace,
  type AdmissionRefusal,
} from "../admission/admission.ts";
import { guardedRow } from "../admission/guards.sql.ts";
import type { Form } from "./form.ts";
import type { ReceivedFile } from "./receive-file.ts";
import { newLease, type Leased } from "../verification/leases.ts";
import { newObjectKey, presentationOf } from "../publishing/objects.ts";
import { inspect, promoteAndPublish } from "../publishing/promotion.ts";
import {
  conclude,
  type Publication,
  type PublicationOutcome,
  type Published,
} from "../publishing/publication.ts";
import { findSameBytes } from "../publishing/repetition.ts";
import { blankUpload, endUpload, isRecorded } from "../uploads.ts";

/** The upload whose result answers the form, or an upload whose state has to be looked up. */
export type FormOutcome = ({ uploadId: string } & Partial<Published>) | { undecided: string };

type Fields = Record<string, string>;

/**
 * Publishes a file of which everything is known before anything is kept: one PUT to its final key, then one batch that lets
 * it in and publishes it. After a crash between the two, an object without a row is left, which reconciliation finds.
 */
export function publishSmallFile(
  form: Form,
  file: ReceivedFile,
  bytes: Uint8Array,
  fields: Fields,
): Promise<FormOutcome> {
  const { ctx, kind, publisher } = form;
  const { size, digests } = file;
  const { sha256 } = digests;
  const { storage } = ctx.deps;
  return admitFile(form, file, fields, async (admission) => {
    const blank = blankUpload(ctx, kind, admission);
    const known = { state: "verifying", size, sha256, reservedBytes: size, bytesVerified: size } as const;
    const received: Leased = { ...blank, ...newLease(ctx), ...known };
    const named = await inspect(ctx, received, sha256, async (start, end) => bytes.slice(start, end + 1));
    const key = newObjectKey({ ...received, fileName: named.fileName });
    const upload = { ...received, objectKey: key };
    await storage.put(key, bytes, { ...presentationOf(publisher, named.fileName), sha256 });
    try {
      const published = await publishAtOnce(ctx, form, { upload, named, digests }, admission);
      return { uploadId: upload.id, ...published };
    } catch (error) {
      // After a lost answer it may have been published all the same.
      if (!isRefusal(error)) {
        if (await isRecorded(ctx, upload.id)) return { uploadId: upload.id };
        throw error;
      }
      await storage.delete(key).catch(() => undefined);
      const same = await findSameBytes(ctx, publisher, named.draft, sha256);
      if (same) return { uploadId: same.uploadId };
      throw error;
    }
  });
}

/** Lets an upload in and publishes it in one batch. @throws AppError of whatever refused it. */
async function publishAtOnce(
  ctx: Ctx,
  { publisher }: Form,
  publication: Publication,
  admission: Admission,
): Promise<Published> {
  const { upload } = publication;
  const row = guardedRow(ctx, publisher, upload, admission.taken);
  const admitAndPublish = () =>
    conclude(ctx, publication, {
      statements: (q) => ({ upload: q.insert(uploads).values(row) }),
      refusals: admissionRefusals,
    });
  let outcome = await admitAndPublish();
  if (outcome.refused === "full" && (await publisher.makeRoom(ctx, upload.size))) {
    outcome = await admitAndPublish();
  }
  if (outcome.refused === undefined) return outcome.published;
  throw await errorOf(ctx, publisher, upload, outcome);
}

type Refused = Extract<PublicationOutcome<AdmissionRefusal>, { published?: never }>;

/** The answer to a form that was refused when it was let in or published. */
async function errorOf(ctx: Ctx, publisher: Publisher, upload: Leased, { refused, cause }: Refused) {
  if (refused === "ended" || refused === "later") return unavailable(cause);
  if (isAdmissionRefusal(refused)) return admissionError(ctx, publisher, upload, { refused, cause });
  return new AppError(refused, publisher.refusalParams?.(ctx, refused));
}

const isRefusal = (error: unknown) => error instanceof AppError && error.code !== "SERVICE_UNAVAILABLE";

/** Publishes a file whose parts are in the bucket: it becomes an upload whose bytes are hashed already. */
export async function publishLargeFile(form: Form, file: ReceivedFile, fields: Fields): Promise<FormOutcome> {
  const { ctx, publisher, upload } = form;
  if (!upload) throw new Error("a large form without a row");
  const { size, digests } = file;
  const { sha256 } = digests;
  const { etag } = await file.finish();
  const admitted = await admitFile(form, file, fields, async (admission) => {
    const verified = {
      ...newLease(ctx),
      state: "verifying",
      size,
      sha256,
      digests,
      bytesVerified: size,
      stagingEtag: etag,
      reservedBytes: size,
    } as const;
    try {
      await admitReceivedUpload(ctx, publisher, upload, admission, verified);
    } catch (error) {
      const same = isRefusal(error)
        ? await findSameBytes(ctx, publisher, admission.draft, sha256)
        : undefined;
      if (same) return same;
      throw error;
    }
    const { owner, fileName, category, draft } = admission;
    return { ...upload, owner, fileName, category, draft, ...verified };
  });
  if ("uploadId" in admitted) {
    await endUpload(ctx, upload, "aborted");
    return { uploadId: admitted.uploadId };
  }
  const published = await promoteAndPublish(ctx, admitted, digests);
  return published ? { uploadId: admitted.id, ...published } : { undecided: admitted.id };
}

/** Lets a file in, now that all its fields are known. Where others take its place, it asks again for another place. */
function admitFile<T>(
  { ctx, publisher }: Form,
  file: ReceivedFile,
  fields: Fields,
  write: (admission: Admission) => Promise<T>,
): Promise<T> {
  const { fileName, size, digests } = file;
  let first = file.isAdmittedBy(fields) && !file.admission?.hasFurtherPlaces ? file.admission : undefined;
  const admit = async () => {
    const known = first;
    first = undefined;
    return known ?? publisher.admit(ctx, fields, { fileName, size, sha256: digests.sha256 });
  };
  return writeAtFreePlace(publisher, admit, write);
}
