import { and, eq, sql } from "drizzle-orm";
import { audit } from "../../schema/core.ts";
import { blobs, uploads } from "../../schema/uploads.ts";
import type { Ctx } from "../core/context.ts";
import type { Query, Statement } from "../core/database/database.ts";
import { SHA256_ALONE, type ContentDigests, type HashName } from "../kit/hash/hash.ts";
import type { Leased } from "./verification/leases.ts";
import { finalKey, stagingKey } from "./objects.ts";
import { publisherOf } from "./publishers.ts";

/** What an upload is published as: its kind may read that in its bytes. */
export type Named = { draft: unknown; fileName: string };

export type Publication = {
  upload: Leased;
  named: Named;
  digests: ContentDigests;
  /** Goes before all else, in the same batch. */
  before?: (query: Query) => Statement[];
};

/** `result` is undefined where its kind has to be asked for it. */
export type Published = { result: Record<string, unknown> | null | undefined };

/**
 * Makes an upload visible whose object is at its final key: its blob, what refers to that, and the end of the upload are
 * one batch. So no blob's row is ever without its object, and no object without a row that it can be found and deleted by.
 * @throws ConstraintError naming what refused it: then nothing has changed
 */
export async function publish(ctx: Ctx, publication: Publication): Promise<Published> {
  const { upload, named, digests, before } = publication;
  const { db, clock, log } = ctx.deps;
  const publisher = publisherOf(upload.kind);
  const { id, owner, size, category } = upload;
  const { sha256 } = digests;
  const mine = and(
    eq(uploads.id, id),
    eq(uploads.state, "verifying"),
    eq(uploads.leaseHolder, upload.leaseHolder),
  );
  const blobId = sql<number>`(SELECT ${blobs.id} FROM ${blobs} WHERE ${blobs.sha256} = ${sha256}
    AND ${blobs.category} = ${category} AND ${blobs.fileName} = ${named.fileName} AND ${blobs.state} = 'live')`;
  const fence = sql<string>`(SELECT ${uploads.id} FROM ${uploads} WHERE ${mine})`;
  const now = clock();
  const answers: readonly unknown[] = await db.write((q) => [
    keepBlob(q, publication, publisher.digests ?? SHA256_ALONE, now),
    ...(before?.(q) ?? []),
    ...publisher.publish(q, { id, owner, size, ...named, blobId, fence }, now),
    q.insert(audit).values({
      at: now,
      actor: owner,
      action: `${upload.kind}.publish`,
      target: named.fileName,
      detail: { upload_id: id, sha256, size },
    }),
    q
      .update(uploads)
      .set({ ...over, endedAt: now, staged: leftBehind(upload) })
      .where(mine),
    ...(publisher.resultInBatch ? [publisher.resultInBatch.select(q, id)] : []),
  ]);
  publisher.published(ctx);
  log.info("published", { upload_id: id, kind: upload.kind, file: named.fileName, size });
  const [kept] = answers[0] as Kept[];
  await tidyUp(ctx, upload, kept).catch((error: unknown) =>
    log.warn("bytes of an upload not deleted yet", { upload_id: id, error }),
  );
  return { result: publisher.resultInBatch?.read(ctx, answers.at(-1)) };
}

const over = {
  state: "ready",
  reservedBytes: 0,
  draft: {},
  hashState: null,
  digests: null,
  leaseUntil: 0,
} as const;

/** Bytes sent straight to the key of the blob that was kept leave nothing to be swept. */
function leftBehind({ objectKey }: Leased) {
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
      targetWhere: sql`state = 'live'`,
      set: { releasedAt: sql`CASE WHEN refs = 0 THEN ${now} END` },
    })
    .returning({ id: blobs.id, objectKey: blobs.objectKey });
}

/** Deletes what was staged, and the upload's own object where another blob of the same bytes was taken. */
async function tidyUp(ctx: Ctx, upload: Leased, kept: Kept | undefined): Promise<void> {
  const { db, storage, log } = ctx.deps;
  if (upload.objectKey === null) await storage.delete(stagingKey(upload));
  const own = finalKey(upload);
  if (!kept || kept.objectKey === own) return;
  if ((await storage.head(kept.objectKey))?.size === upload.size) return storage.delete(own);
  // The bucket has lost the other's object: this one takes its place.
  log.warn("a lost object was replaced", { lost: kept.objectKey, object: own });
  await db.write((q) => [
    q
      .update(blobs)
      .set({ objectKey: own })
      .where(and(eq(blobs.id, kept.id), eq(blobs.objectKey, kept.objectKey))),
  ]);
}
