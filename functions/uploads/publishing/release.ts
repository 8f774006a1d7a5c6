import { and, asc, eq, inArray, sql } from "drizzle-orm";
import { uploads } from "../../../schema/uploads.ts";
import type { Ctx } from "../../core/context.ts";
import type { Batch } from "../../core/database/batch.ts";
import type { Query } from "../../core/database/database.ts";
import type { Refusals } from "../../core/database/refusals.ts";
import { AppError } from "../../core/errors.ts";
import { watchQuota } from "../jobs/quota-levels.ts";
import { HELD_LIFETIME_MS } from "../policy.ts";
import type { PublicationRefusal } from "../publisher.ts";
import { publisherOf } from "../publishers.ts";
import { endUpload, openStates, type Upload } from "../uploads.ts";
import { deleteSpareBytes } from "./spare-bytes.ts";
import { publicationStatements, repetitionRefusals, type Verified } from "./statements.ts";

/** How often publishing is tried where something changes in the meantime. */
const MOST_ROUNDS = 3;

/** The open uploads that are part of a release, in the order in which they began: a SELECT for a batch. */
export const selectUploadsOf = (q: Query, release: string) =>
  q
    .select()
    .from(uploads)
    .where(and(eq(uploads.release, release), inArray(uploads.state, [...openStates])))
    .orderBy(asc(uploads.id));

/**
 * Changes fields of the draft of an upload that is held for a release, and begins the time anew for which it is held; every
 * change moves its end, by which a publication that has read the draft before notices.
 * @param changes fields of the kind's draft; an object within is changed by its fields, too
 * @param now milliseconds since 1970
 */
export const changeHeld = (
  q: Query,
  { id, kind, release }: Pick<Upload, "id" | "kind" | "release">,
  changes: object,
  now: number,
) =>
  q
    .update(uploads)
    .set({
      draft: sql`json_patch(${uploads.draft}, ${JSON.stringify(changes)})`,
      expiresAt: sql`max(${now + HELD_LIFETIME_MS}, ${uploads.expiresAt} + 1)`,
    })
    .where(
      and(
        eq(uploads.id, id),
        eq(uploads.kind, kind),
        eq(uploads.release, release ?? ""),
        eq(uploads.state, "held"),
      ),
    )
    .returning({ id: uploads.id });

/** Ends all uploads that wait for a release, without publishing them. @returns how many they were */
export async function discardRelease(ctx: Ctx, release: string): Promise<number> {
  const open = await ctx.deps.db.read((q) => selectUploadsOf(q, release));
  for (const upload of open) await endUpload(ctx, upload, "aborted");
  return open.length;
}

/**
 * Makes everything that is held for a release visible at once: the statements of each upload, in the order in which the
 * uploads began, and those of `alongside` are one batch.
 * @param choose looks at the open uploads and says what to publish.
 * @throws AppError where the release is not to be published
 * @param alongside further statements, which come after all publications
 * @returns how many uploads were published
 */
export async function publishRelease(
  ctx: Ctx,
  release: string,
  choose: (open: Upload[]) => Promise<Upload[]>,
  alongside: (q: Query) => Batch,
): Promise<number> {
  for (let round = 1; ; round++) {
    const open = await ctx.deps.db.read((q) => selectUploadsOf(q, release));
    const held = (await choose(open)).map(asVerified);
    const refused = await publishTogether(ctx, held, alongside);
    if (refused === undefined) return held.length;
    // Meanwhile an upload was changed or discarded, another run has published it, or its blob is being deleted. The next round reads
    // anew.
    const mayPass = refused === "ended" || refused === "later";
    if (!mayPass) throw new AppError(refused);
    if (round >= MOST_ROUNDS) throw new AppError("SERVICE_UNAVAILABLE");
  }
}

async function publishTogether(
  ctx: Ctx,
  held: readonly Verified[],
  alongside: (q: Query) => Batch,
): Promise<PublicationRefusal | undefined> {
  const { db, clock, log } = ctx.deps;
  const publishers = Array.from(new Set(held.map(({ upload }) => publisherOf(upload.kind))));
  const now = clock();
  const batch = (q: Query) => ({
    uploads: Object.fromEntries(
      held.map((verified) => {
        const { id, expiresAt } = verified.upload;
        const isHeld = and(eq(uploads.id, id), eq(uploads.state, "held"), eq(uploads.expiresAt, expiresAt));
        return [id, publicationStatements(ctx, q, verified, isHeld, now)] as const;
      }),
    ),
    alongside: alongside(q),
  });
  const refusals: Refusals<PublicationRefusal> = Object.fromEntries(
    [repetitionRefusals, ...publishers.map((publisher) => publisher.refusals)].flatMap(Object.entries),
  );
  const outcome = await db.tryWrite<ReturnType<typeof batch>, PublicationRefusal>(batch, refusals);
  if (!outcome.done) return outcome.refused;
  for (const publisher of publishers) publisher.published(ctx);
  ctx.later.add(watchQuota);
  log.info("release published", { release: held[0]?.upload.release, uploads: held.length });
  for (const { upload } of held) {
    await deleteSpareBytes(ctx, upload, outcome.done.uploads[upload.id]?.blob[0]).catch((error: unknown) =>
      log.warn("bytes of an upload not deleted yet", { upload_id: upload.id, error }),
    );
  }
  return undefined;
}

/** A held upload as verified: its row keeps what verification found. */
function asVerified(upload: Upload): Verified {
  const { draft, fileName, digests, sha256 } = upload;
  if (!digests || sha256 === null) throw new Error("an upload is held that was not verified");
  return { upload: { ...upload, sha256 }, named: { draft, fileName }, digests };
}
