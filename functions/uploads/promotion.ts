import { and, eq, inArray, sql } from "drizzle-orm";
import { audit } from "../../schema/admin.ts";
import { blobs, uploads } from "../../schema/uploads.ts";
import type { Ctx } from "../core/context.ts";
import { ConstraintError, type Query, type Statement } from "../core/database.ts";
import { AppError, errorStatus, type ErrorCode } from "../core/errors.ts";
import type { ContentDigests } from "../core/hash.ts";
import type { StagedUpload } from "../core/publisher.ts";
import { StorageError } from "../core/storage.ts";
import { release, startOver, type Leased } from "./leases.ts";
import { finalKey, presentationOf, stagingKey, writtenKey } from "./objects.ts";
import { findSame } from "./repetition.ts";
import { endRepeated, endUpload, publisherOf } from "./uploads.ts";

/** How verified bytes come to their final key, where that is not where a client has sent them. */
export type Source = {
  read: StagedUpload["read"];
  /** Brings the bytes there; `fileName` is what they are published under. */
  bring: (fileName: string) => Promise<void>;
  /** Goes before the publication, in its batch. */
  before?: (query: Query) => Statement[];
};

type Named = { draft: unknown; fileName: string };

/**
 * Makes verified bytes visible under their final key. Their blob, what refers to it and the end of the upload are one
 * batch: no blob's row is ever without its object, and no object without a row that it can be found and deleted by.
 * Safe to repeat; leaves the upload `verifying` where something stands in the way that will pass.
 * @returns whether this call published it
 */
export async function promoteAndPublish(
  ctx: Ctx,
  upload: Leased,
  digests: ContentDigests,
  source: Source = stored(ctx, upload),
): Promise<boolean> {
  try {
    const named = await inspect(ctx, upload, digests, source);
    if (!named) return false;
    await source.bring(named.fileName);
    return await publish(ctx, upload, named, digests, source);
  } catch (error) {
    if (!(error instanceof StorageError) || error.code !== "precondition-failed") throw error;
    await startOver(ctx, upload);
    await release(ctx, upload);
    return false;
  }
}

/** Bytes that are in the bucket already. Those that a URL can still overwrite are copied as they were verified. */
function stored(ctx: Ctx, upload: Leased): Source {
  const { storage } = ctx.deps;
  const ifMatch = upload.stagingEtag ?? "";
  return {
    async read(start, end) {
      const object = await storage.get(writtenKey(upload), { range: { start, end }, ifMatch });
      if (!object) throw new StorageError("precondition-failed", "the object is gone");
      const bytes = new Uint8Array(await new Response(object.body).arrayBuffer());
      if (bytes.length !== end - start + 1) throw new StorageError("unavailable", "an object ended early");
      return bytes;
    },
    async bring(fileName) {
      if (upload.objectKey !== null) return;
      const presentation = presentationOf(publisherOf(ctx, upload.kind), fileName);
      const options = { size: upload.size, ifMatch, ...presentation };
      await storage.copy(stagingKey(upload), finalKey(upload), options);
    },
  };
}

/** What the bytes say of the upload; undefined where they refused it. */
async function inspect(
  ctx: Ctx,
  upload: Leased,
  { sha256 }: ContentDigests,
  { read }: Source,
): Promise<Named | undefined> {
  const publisher = publisherOf(ctx, upload.kind);
  const { id, draft, fileName, owner, size } = upload;
  if (!publisher.inspect) return { draft, fileName };
  try {
    return await publisher.inspect(ctx, { id, draft, fileName, owner, size, sha256, read });
  } catch (error) {
    if (!(error instanceof AppError) || errorStatus[error.code] >= 500) throw error;
    await endUpload(ctx, upload, "rejected", error.code, error.params);
    return undefined;
  }
}

async function publish(
  ctx: Ctx,
  upload: Leased,
  { draft, fileName }: Named,
  digests: ContentDigests,
  { before }: Source,
): Promise<boolean> {
  const { db, clock, log } = ctx.deps;
  const publisher = publisherOf(ctx, upload.kind);
  const { id, owner, size, category } = upload;
  const { sha256 } = digests;
  const mine = and(
    eq(uploads.id, id),
    eq(uploads.state, "verifying"),
    eq(uploads.leaseHolder, upload.leaseHolder),
  );
  const blobId = sql<number>`(SELECT ${blobs.id} FROM ${blobs} WHERE ${blobs.sha256} = ${sha256}
    AND ${blobs.category} = ${category} AND ${blobs.fileName} = ${fileName} AND ${blobs.state} = 'live')`;
  const fence = sql<string>`(SELECT ${uploads.id} FROM ${uploads} WHERE ${mine})`;
  const verified = { id, draft, fileName, owner, size, blobId, fence };
  const now = clock();
  let kept: { id: number; objectKey: string } | undefined;
  try {
    const [blob] = await db.write((q) => [
      keepBlob(q, upload, fileName, digests, now),
      ...(before?.(q) ?? []),
      ...publisher.publish(q, verified, now),
      q.insert(audit).values({
        at: now,
        actor: owner,
        action: `${upload.kind}.publish`,
        target: fileName,
        detail: { upload_id: id, sha256, size },
      }),
      q
        .update(uploads)
        .set({ ...over, endedAt: now, staged: leftBehind(upload) })
        .where(mine),
    ]);
    kept = (blob as (typeof kept)[])[0];
  } catch (error) {
    const meaning = error instanceof ConstraintError ? meaningOf(publisher, error.constraint) : undefined;
    if (meaning === undefined) throw error;
    await refuse(ctx, upload, { draft, fileName }, sha256, meaning);
    return false;
  }
  publisher.published(ctx);
  log.info("published", { upload_id: id, kind: upload.kind, file: fileName, size });
  await tidyUp(ctx, upload, kept).catch((error: unknown) =>
    log.warn("bytes of an upload not deleted yet", { upload_id: id, error }),
  );
  return true;
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

/** The upload's own object becomes a blob, unless the same bytes are live under the same name: then that one is taken. */
function keepBlob(query: Query, upload: Leased, fileName: string, digests: ContentDigests, now: number) {
  return query
    .insert(blobs)
    .values({
      ...digests,
      objectKey: finalKey(upload),
      category: upload.category,
      fileName,
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

/** `ended` for what only a repetition of this very publication can run into. */
function meaningOf(
  { refusals }: { refusals: Record<string, ErrorCode | "ended" | "later"> },
  constraint: string,
) {
  return constraint === "blobs.object_key" ? "ended" : refusals[constraint];
}

async function refuse(
  ctx: Ctx,
  upload: Leased,
  named: Named,
  sha256: string,
  meaning: ErrorCode | "ended" | "later",
): Promise<void> {
  if (meaning === "ended") return;
  if (meaning === "later") return release(ctx, upload);
  const publisher = publisherOf(ctx, upload.kind);
  const same = meaning === publisher.takenCode && (await findSame(ctx, publisher, named.draft, sha256));
  if (same) await endRepeated(ctx, upload, same.uploadId);
  else await endUpload(ctx, upload, "rejected", meaning, publisher.refusalParams?.(ctx, meaning));
}

/** Deletes what was staged, and the upload's own object where another blob of the same bytes was taken. */
async function tidyUp(
  ctx: Ctx,
  upload: Leased,
  kept: { id: number; objectKey: string } | undefined,
): Promise<void> {
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
      .where(and(inArray(blobs.id, [kept.id]), eq(blobs.objectKey, kept.objectKey))),
  ]);
}
