import { and, desc, eq, type SQL } from "drizzle-orm";
import { uploads } from "../../../schema/uploads.ts";
import type { Ctx } from "../../core/context.ts";
import { refusals } from "../../core/database/refusals.ts";
import { AppError } from "../../core/errors.ts";
import { guardedRow, guards } from "./guards.sql.ts";
import { HOUR_MS } from "../policy.ts";
import type { Admission, Publisher } from "../publisher.ts";
import type { Upload } from "../uploads.ts";

/** How often an upload tries for one of several places that others want too. In each round, one of them gets a place. */
const MOST_ROUNDS = 20;

/** Why the database refused a row that `guardedRow` guards. */
export type AdmissionRefusal = "full" | "taken" | "tooMany" | "repeated";

/** What each constraint of `uploads` means for an upload that asks to be let in. */
export const admissionRefusals = refusals<AdmissionRefusal>({
  "uploads.reserved_bytes": "full",
  "uploads.file_name": "taken",
  "uploads.owner": "tooMany",
  "uploads.owner, uploads.idempotency_key": "repeated",
});

export const isAdmissionRefusal = (refused: string): refused is AdmissionRefusal =>
  Object.values<string>(admissionRefusals).includes(refused);

/** @throws AppError EMPTY_FILE, for kinds that take no empty files, or FILE_TOO_LARGE. */
export function checkSize(size: number, limit: number, mayBeEmpty = false): void {
  if (size < 1 && !mayBeEmpty) throw new AppError("EMPTY_FILE");
  if (size > limit) throw new AppError("FILE_TOO_LARGE", { limit });
}

/**
 * Asks for admission, then writes. Where another upload was faster at this place, and the kind has further places, it does
 * both again.
 */
export async function writeAtFreePlace<T>(
  publisher: Publisher,
  admit: () => Promise<Admission>,
  write: (admission: Admission) => Promise<T>,
): Promise<T> {
  for (let round = 1; ; round++) {
    const admission = await admit();
    try {
      return await write(admission);
    } catch (error) {
      const isTaken = error instanceof AppError && error.code === publisher.takenCode;
      if (!isTaken || !admission.hasFurtherPlaces || round >= MOST_ROUNDS) throw error;
    }
  }
}

/**
 * Inserts an upload's row, unless its owner has begun too many this hour, its place is taken or there is no room for its
 * bytes. Where there is no room, cleanup gets one chance to make some.
 * @param findEarlier asked before any refusal: where an earlier upload of the same request won, that one is the result
 * @returns the row, or the earlier upload
 */
export async function insertUpload(
  ctx: Ctx,
  publisher: Publisher,
  upload: Upload,
  taken: SQL | undefined,
  findEarlier: () => Promise<Upload | undefined> = async () => undefined,
): Promise<Upload> {
  const row = guardedRow(ctx, publisher, upload, taken);
  const insert = () =>
    ctx.deps.db.tryWrite((q) => ({ upload: q.insert(uploads).values(row) }), admissionRefusals);
  let outcome = await insert();
  if (outcome.refused === undefined) return upload;
  const earlier = await findEarlier();
  if (earlier) return earlier;
  if (outcome.refused === "full" && (await publisher.makeRoom(ctx, upload.reservedBytes))) {
    outcome = await insert();
    if (outcome.refused === undefined) return upload;
  }
  throw await admissionError(ctx, publisher, upload, outcome);
}

/**
 * Lets in an upload whose bytes came before all of its fields. Its row gets owner, place and kind under the conditions that
 * hold for a new row, and what is known of the bytes.
 * @throws AppError UPLOAD_EXPIRED where it has ended.
 */
export async function admitReceivedUpload(
  ctx: Ctx,
  publisher: Publisher,
  upload: Upload,
  admission: Admission,
  received: Partial<Upload>,
): Promise<void> {
  const admitted = { ...upload, ...admission };
  const { owner, fileName } = guards(ctx, publisher, admitted, admission.taken);
  const { category, draft, release = null } = admission;
  const outcome = await ctx.deps.db.tryWrite(
    (q) => ({
      admitted: q
        .update(uploads)
        .set({ ...received, owner, fileName, category, release, draft })
        .where(and(eq(uploads.id, upload.id), eq(uploads.state, "pending")))
        .returning({ id: uploads.id }),
    }),
    admissionRefusals,
  );
  if (outcome.refused !== undefined) throw await admissionError(ctx, publisher, admitted, outcome);
  if (outcome.done.admitted.length === 0) throw new AppError("UPLOAD_EXPIRED");
}

/** The error for an upload that was not let in. */
export async function admissionError(
  ctx: Ctx,
  publisher: Publisher,
  upload: Upload,
  { refused, cause }: { refused: AdmissionRefusal; cause: unknown },
): Promise<unknown> {
  switch (refused) {
    case "full":
      return new AppError("INSUFFICIENT_STORAGE");
    case "taken":
      return new AppError(publisher.takenCode, publisher.refusalParams?.(ctx, publisher.takenCode));
    case "tooMany": {
      const limit = publisher.uploadsPerHour?.(ctx) ?? 1;
      const seconds = await secondsUntilAllowed(ctx, upload.owner, limit);
      const minutes = Math.ceil(seconds / 60);
      return new AppError("TOO_MANY_UPLOADS", { limit, minutes }, { retryAfter: seconds });
    }
    case "repeated":
      // The earlier upload of this request has ended meanwhile, so there is nothing to answer it with.
      return cause;
  }
}

async function secondsUntilAllowed(ctx: Ctx, owner: string, limit: number): Promise<number> {
  const [oldest] = await ctx.deps.db.read((q) =>
    q
      .select({ at: uploads.createdAt })
      .from(uploads)
      .where(eq(uploads.owner, owner))
      .orderBy(desc(uploads.createdAt))
      .limit(1)
      .offset(limit - 1),
  );
  const freeAt = (oldest?.at ?? 0) + HOUR_MS;
  return Math.max(1, Math.ceil((freeAt - ctx.deps.clock()) / 1000));
}
