import { and, eq, sql } from "drizzle-orm";
import { blobs, uploads } from "../../../schema/uploads.ts";
import { recordAudit } from "../../core/audit.ts";
import type { Ctx } from "../../core/context.ts";
import type { Batch } from "../../core/database/batch.ts";
import type { Query } from "../../core/database/database.ts";
import { refusals, type Refusals } from "../../core/database/refusals.ts";
import { SHA256_ALONE, type ContentDigests, type HashName } from "../../kit/hash/hash.ts";
import type { Leased } from "../verification/leases.ts";
import { finalKey, stagingKey } from "./objects.ts";
import type { PublicationRefusal } from "../publisher.ts";
import { publisherOf } from "../publishers.ts";

/** What an upload is published as: its kind may read that in its bytes. */
export type Named = { draft: unknown; fileName: string };

export type Publication = {
  upload: Leased;
  named: Named;
  digests: ContentDigests;
};

/** Statements that go before a publication in its batch, and what else may refuse the batch with them. */
type Beforehand<Refusal extends string> = {
  statements: (query: Query) => Batch;
  refusals: Refusals<Refusal>;
};

/** `result` is undefined where its kind has to be asked for it. */
export type Published = { result: Record<string, unknown> | null | undefined };

/** What became of a publication: where it was refused, nothing has changed. */
export type PublicationOutcome<Refusal extends string = never> =
  | { published: Published; refused?: never }
  | { published?: never; refused: Refusal | PublicationRefusal; cause: unknown };

/** Only a repetition of this very publication can run into its own object's row. */
const repetitionRefusals = refusals({ "blobs.object_key": "ended" });

/**
 * Makes an upload visible whose object is at its final key: its blob, what refers to that, and the end of the upload are
 * one batch. So no blob's row is ever without its object, and no object without a row that it can be found and deleted by.
 */
export async function publish<Refusal extends string = never>(
  ctx: Ctx,
  publication: Publication,
  beforehand?: Beforehand<Refusal>,
): Promise<PublicationOutcome<Refusal>> {
  const { upload, named, digests } = publication;
  const { db, clock, log } = ctx.deps;
  const publisher = publisherOf(upload.kind);
  const { id, owner, size, category } = upload;
  const { sha256 } = digests;
  const isOurs = and(
    eq(uploads.id, id),
    eq(uploads.state, "verifying"),
    eq(uploads.leaseHolder, upload.leaseHolder),
  );
  const blobId = sql<number>`(SELECT ${blobs.id} FROM ${blobs} WHERE ${blobs.sha256} = ${sha256}
    AND ${blobs.category} = ${category} AND ${blobs.fileName} = ${named.fileName} AND ${blobs.state} = 'live')`;
  const fence = sql<string>`(SELECT ${uploads.id} FROM ${uploads} WHERE ${isOurs})`;
  const now = clock();
  const batch = (q: Query) => ({
    blob: keepBlob(q, publication, publisher.digests ?? SHA256_ALONE, now),
    beforehand: beforehand?.statements(q),
    published: publisher.publish(q, { id, owner, size, ...named, blobId, fence }, now),
    audit: recordAudit(ctx, q, {
      at: now,
      actor: owner,
      action: `${upload.kind}.publish`,
      target: named.fileName,
      detail: { upload_id: id, sha256, size },
    }),
    end: q
      .update(uploads)
      .set({ ...endedAsReady, endedAt: now, staged: leavesBytes(upload) })
      .where(isOurs),
    result: publisher.resultInBatch?.select(q, id),
  });
  const outcome = await db.tryWrite<ReturnType<typeof batch>, Refusal | PublicationRefusal>(batch, {
    ...publisher.refusals,
    ...repetitionRefusals,
    ...beforehand?.refusals,
  });
  if (!outcome.done) return outcome;
  const { blob, result } = outcome.done;
  publisher.published(ctx);
  log.info("published", { upload_id: id, kind: upload.kind, file: named.fileName, size });
  await deleteSpareBytes(ctx, upload, blob[0]).catch((error: unknown) =>
    log.warn("bytes of an upload not deleted yet", { upload_id: id, error }),
  );
  return { published: { result: publisher.resultInBatch?.read(ctx, result) } };
}

const endedAsReady = {
  state: "ready",
  reservedBytes: 0,
  draft: {},
  hashState: null,
  digests: null,
  leaseUntil: 0,
} as const;

/** Bytes sent straight to the key of the blob that was kept leave nothing to be swept. */
function leavesBytes({ objectKey }: Leased) {
  if (objectKey === null) return true;
  return sql<boolean>`NOT EXISTS (SELECT 1 FROM ${blobs} WHERE ${blobs.objectKey} = ${objectKey})`;
}

type Kept = { id: number; objectKey: string };

/** The upload's own object becomes a blob, unless the same bytes are live under the same name: then that one is taken. */
function keepBlob(
  query: Query,
  { upload, named, digests }: Publication,
  wanted: readonly HashName[],
  now: number,
) {
  return query
    .insert(blobs)
    .values({
      ...digests,
      digestsDue: wanted.some((name) => digests[name] === ""),
      objectKey: finalKey(upload),
      category: upload.category,
      fileName: named.fileName,
      size: upload.size,
      state: "live",
      releasedAt: now,
      createdAt: now,
    })
    .onConflictDoUpdate({
      target: [blobs.sha256, blobs.category, blobs.fileName],
      targetWhere: sql`${blobs.state} = 'live'`,
      set: { releasedAt: sql`CASE WHEN ${blobs.refs} = 0 THEN ${now} END` },
    })
    .returning({ id: blobs.id, objectKey: blobs.objectKey });
}

/** Deletes what was staged, and the upload's own object where another blob of the same bytes was taken. */
async function deleteSpareBytes(ctx: Ctx, upload: Leased, kept: Kept | undefined): Promise<void> {
  const { db, storage, log } = ctx.deps;
  if (upload.objectKey === null) await storage.delete(stagingKey(upload));
  const own = finalKey(upload);
  if (!kept || kept.objectKey === own) return;
  if ((await storage.head(kept.objectKey))?.size === upload.size) return storage.delete(own);
  // The bucket has lost the other's object: this one takes its place.
  log.warn("a lost object was replaced", { lost: kept.objectKey, object: own });
  await db.write((q) => ({
    blob: q
      .update(blobs)
      .set({ objectKey: own })
      .where(and(eq(blobs.id, kept.id), eq(blobs.objectKey, kept.objectKey))),
  }));
}
