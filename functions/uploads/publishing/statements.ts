import { sql, type SQL } from "drizzle-orm";
import { blobs, uploads } from "../../../schema/uploads.ts";
import { recordAudit } from "../../core/audit.ts";
import type { Ctx } from "../../core/context.ts";
import type { Query } from "../../core/database/database.ts";
import { refusals } from "../../core/database/refusals.ts";
import { SHA256_ALONE, type ContentDigests, type HashName } from "../../kit/hash/hash.ts";
import { publisherOf } from "../publishers.ts";
import type { Upload } from "../uploads.ts";
import { finalKey } from "./objects.ts";

/** What an upload is published as. Its kind may read that from the bytes. */
export type Named = { draft: unknown; fileName: string };

/** An upload whose object is at its final key, with what verification found. */
export type Verified = {
  upload: Upload & { sha256: string };
  named: Named;
  digests: ContentDigests;
};

/**
 * Each upload has an object of its own, so a row for that object can only come from an earlier try of the same publication.
 */
export const repetitionRefusals = refusals({ "blobs.object_key": "ended" });

/**
 * The statements that make an upload visible, in their order: its blob, what refers to that, and the end of the upload.
 * They are written in one batch, so no blob's row is ever without its object, and every object without a row can be found
 * and deleted.
 * @param isOurs the condition on the upload's row under which this publication may go on
 * @param now milliseconds since 1970
 */
export function publicationStatements(
  ctx: Ctx,
  q: Query,
  { upload, named, digests }: Verified,
  isOurs: SQL | undefined,
  now: number,
) {
  const { id, owner, size, category, kind } = upload;
  const { sha256 } = digests;
  const publisher = publisherOf(kind);
  const blobId = sql<number>`(SELECT ${blobs.id} FROM ${blobs} WHERE ${blobs.sha256} = ${sha256}
    AND ${blobs.category} = ${category} AND ${blobs.fileName} = ${named.fileName} AND ${blobs.state} = 'live')`;
  const fence = sql<string>`(SELECT ${uploads.id} FROM ${uploads} WHERE ${isOurs})`;
  return {
    blob: keepBlob(q, { upload, named, digests }, publisher.digests ?? SHA256_ALONE, now),
    published: publisher.publish(q, { id, owner, size, ...named, blobId, fence }, now),
    told: publisher.tell?.(ctx, q, id, now),
    audit: recordAudit(ctx, q, {
      at: now,
      actor: owner,
      action: `${kind}.publish`,
      target: named.fileName,
      detail: { upload_id: id, sha256, size },
    }),
    end: q
      .update(uploads)
      .set({ ...endedAsReady, endedAt: now, staged: leavesBytes(upload) })
      .where(isOurs),
  };
}

const endedAsReady = {
  state: "ready",
  reservedBytes: 0,
  draft: {},
  hashState: null,
  digests: null,
  leaseUntil: 0,
} as const;

/**
 * Whether the upload leaves bytes to be swept. It leaves none where they were sent straight to the key of the blob that is
 * kept.
 */
function leavesBytes({ objectKey }: Upload) {
  if (objectKey === null) return true;
  return sql<boolean>`NOT EXISTS (SELECT 1 FROM ${blobs} WHERE ${blobs.objectKey} = ${objectKey})`;
}

/** Makes the upload's own object a blob, unless a live blob has the same bytes and file name: then that one is used. */
function keepBlob(
  query: Query,
  { upload, named, digests }: Verified,
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
