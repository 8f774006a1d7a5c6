import { and, desc, eq, type SQL } from "drizzle-orm";
import { uploads } from "../../../schema/uploads.ts";
import type { Ctx } from "../../core/context.ts";
import { refusals } from "../../core/database/refusals.ts";
import { AppError } from "../../core/errors.ts";
import { guardedRow, guards } from "./guards.sql.ts";
import { HOUR_MS } from "../policy.ts";
import type { Admission, Publisher } from "../publisher.ts";
import type { Upload } from "../uploads.ts";

/** Rounds against others for one of several places; each round somebody gets one. */
const MOST_ROUNDS = 20;

/** Why the database did not take a row that `guardedRow` guards. */
export type AdmissionRefusal = "full" | "taken" | "tooMany" | "repeated";

/** What each constraint of `uploads` means to an upload that asks to be let in. */
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

/** Admits and writes; where another was faster at a place of which there are more, it goes on with the next. */
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
 * Inserts an upload's row unless its owner had too many this hour, its place is taken or its bytes have no room;
 * where they have none, cleanup gets one chance to make it.
 * @param findEarlier asked before any refusal: an upload of the same request that won is no reason to refuse this one
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
 * Lets in what was sent before all of its fields were known: its row gets owner, place and kind under the conditions of a
 * new one, and what is known of the bytes. @throws AppError UPLOAD_EXPIRED where it has ended.
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

/** What an upload that was not let in is answered with. */
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
      const seconds = await secondsUntilAllowed(ctx, upload.owner, publisher.uploadsPerHour?.(ctx) ?? 1);
      return new AppError("RATE_LIMIT_EXCEEDED", { seconds }, { retryAfter: seconds });
    }
    case "repeated":
      // Whoever asked for the same before has ended meanwhile.
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
