import { and, eq } from "drizzle-orm";
import { uploads } from "../../../schema/uploads.ts";
import type { Ctx } from "../../core/context.ts";
import type { Batch } from "../../core/database/batch.ts";
import type { Query } from "../../core/database/database.ts";
import { refusals, type Refusals } from "../../core/database/refusals.ts";
import { watchQuota } from "../jobs/quota-levels.ts";
import { HELD_LIFETIME_MS } from "../policy.ts";
import type { PublicationRefusal } from "../publisher.ts";
import { publisherOf } from "../publishers.ts";
import type { Leased } from "../verification/leases.ts";
import { deleteSpareBytes, deleteStaged } from "./spare-bytes.ts";
import { publicationStatements, repetitionRefusals, type Verified } from "./statements.ts";

/** A verified upload in the hands of one run. */
export type Publication = Verified & { upload: Leased };

/** Statements that come before a publication in its batch, and the constraints by which they may refuse the batch. */
type Beforehand<Refusal extends string> = {
  statements: (query: Query) => Batch;
  refusals: Refusals<Refusal>;
};

/**
 * What became of the upload: visible, or held for its release. `result` is undefined where the upload's kind has to be
 * asked for it.
 */
export type Published = { state: "ready" | "held"; result: Record<string, unknown> | null | undefined };

/** What became of a publication. Where it was refused, nothing has changed. */
export type PublicationOutcome<Refusal extends string = never> =
  | { published: Published; refused?: never }
  | { published?: never; refused: Refusal | PublicationRefusal; cause: unknown };

/** Makes a verified upload visible, or holds it where it is part of a release. */
export function conclude<Refusal extends string = never>(
  ctx: Ctx,
  publication: Publication,
  beforehand?: Beforehand<Refusal>,
): Promise<PublicationOutcome<Refusal>> {
  const end = publication.upload.release === null ? publish : hold;
  return end(ctx, publication, beforehand);
}

/**
 * Makes an upload visible whose object is at its final key. The blob, what refers to it, and the end of the upload are
 * written in one batch. So no blob's row is ever without its object, and every object without a row can be found and
 * deleted.
 */
async function publish<Refusal extends string = never>(
  ctx: Ctx,
  publication: Publication,
  beforehand?: Beforehand<Refusal>,
): Promise<PublicationOutcome<Refusal>> {
  const { upload, named } = publication;
  const { db, clock, log } = ctx.deps;
  const publisher = publisherOf(upload.kind);
  const { id, size } = upload;
  const now = clock();
  const batch = (q: Query) => {
    const { blob, ...rest } = publicationStatements(ctx, q, publication, isLeased(publication.upload), now);
    const result = publisher.resultInBatch?.select(q, id);
    return { blob, beforehand: beforehand?.statements(q), ...rest, result };
  };
  const outcome = await db.tryWrite<ReturnType<typeof batch>, Refusal | PublicationRefusal>(batch, {
    ...publisher.refusals,
    ...repetitionRefusals,
    ...beforehand?.refusals,
  });
  if (!outcome.done) return outcome;
  const { blob, result } = outcome.done;
  publisher.published(ctx);
  ctx.later.add(watchQuota);
  log.info("published", { upload_id: id, kind: upload.kind, file: named.fileName, size });
  await deleteSpareBytes(ctx, upload, blob[0]).catch((error: unknown) =>
    log.warn("bytes of an upload not deleted yet", { upload_id: id, error }),
  );
  return { published: { state: "ready", result: publisher.resultInBatch?.read(ctx, result) } };
}

/** Keeps what verification found, and all that the publication will need, until the release is published. */
async function hold<Refusal extends string>(
  ctx: Ctx,
  { upload, named, digests }: Publication,
  beforehand?: Beforehand<Refusal>,
): Promise<PublicationOutcome<Refusal>> {
  const { db, clock, log } = ctx.deps;
  const { takenCode } = publisherOf(upload.kind);
  const { id, size, kind } = upload;
  const batch = (q: Query) => ({
    beforehand: beforehand?.statements(q),
    held: q
      .update(uploads)
      .set({
        ...named,
        state: "held",
        digests,
        bytesVerified: size,
        hashState: null,
        leaseHolder: null,
        leaseUntil: 0,
        expiresAt: clock() + HELD_LIFETIME_MS,
      })
      .where(isLeased(upload))
      .returning({ id: uploads.id }),
  });
  const outcome = await db.tryWrite<ReturnType<typeof batch>, Refusal | PublicationRefusal>(batch, {
    ...refusals<PublicationRefusal>({ "uploads.category, uploads.file_name": takenCode }),
    ...beforehand?.refusals,
  });
  if (!outcome.done) return outcome;
  if (outcome.done.held.length === 0) return { refused: "ended", cause: undefined };
  log.info("held for its release", { upload_id: id, kind, file: named.fileName, size });
  await deleteStaged(ctx, upload).catch((error: unknown) =>
    log.warn("bytes of an upload not deleted yet", { upload_id: id, error }),
  );
  return { published: { state: "held", result: { upload_id: id, state: "held" } } };
}

/** True while this run has the upload's lease. */
const isLeased = ({ id, leaseHolder }: Leased) =>
  and(eq(uploads.id, id), eq(uploads.state, "verifying"), eq(uploads.leaseHolder, leaseHolder));
