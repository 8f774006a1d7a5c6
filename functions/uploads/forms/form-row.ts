import { and, eq, sql } from "drizzle-orm";
import { uploads } from "../../../schema/uploads.ts";
import { refusals } from "../../core/database/refusals.ts";
import { AppError } from "../../core/errors.ts";
import { insertUpload } from "../admission/admission.ts";
import { roomFor } from "../admission/guards.sql.ts";
import { newObjectKey, presentationOf } from "../publishing/objects.ts";
import { FORM_LIFETIME_MS, FORM_RESERVE_BYTES } from "../policy.ts";
import type { Admission } from "../publisher.ts";
import { blankUpload, type Upload } from "../uploads.ts";
import type { Form } from "./form.ts";

/** How many bytes a request may have beside its file, boundaries included. */
const MOST_AROUND = 8 * 1024 * 1024;

/** What the row says until the fields say more. */
const provisional = { owner: "", category: "", draft: {}, fileName: "file" };

/**
 * Begins the row of a form whose bytes go to the bucket before all of its fields are known.
 * @returns the row; undefined where the form is refused, and only its hash can still show that the same bytes are published
 *   at its place already
 */
export async function openRow(form: Form, admission: Admission | undefined): Promise<Upload | undefined> {
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
    // Which of several places it gets is decided once all fields are known.
    await insertUpload(ctx, publisher, upload, admission?.hasFurtherPlaces ? undefined : admission?.taken);
    form.upload = upload;
    return upload;
  } catch (error) {
    if (!(error instanceof AppError) || !admission) throw error;
    // Only the hash can tell whether one of several places has these bytes.
    const published = admission.hasFurtherPlaces
      ? undefined
      : await publisher.findAtPlace?.(ctx, admission.draft, undefined);
    const mayBeThere = published ? mayBeOf(published.size, form) : admission.hasFurtherPlaces === true;
    if (!mayBeThere) throw error;
    form.refused = { refusal: error, draft: admission.draft };
    return undefined;
  }
}

/** Whether a form may hold a file of this size. */
const mayBeOf = (size: number, { declared }: Form) =>
  declared === undefined || (declared > size && declared < size + MOST_AROUND);

/** The multipart id is stored before a part is sent, so that cron can abort an upload that dies half-way. */
export async function beginParts({ ctx, publisher, refused }: Form, upload: Upload | undefined) {
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

/**
 * While a form's parts still come, keeps its row from expiring, and reserves more bytes where they outgrow the reservation.
 */
export async function extendReservation({ ctx, upload, limit }: Form, bytes: number): Promise<void> {
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
