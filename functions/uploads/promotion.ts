import { and, eq, sql } from "drizzle-orm";
import { audit } from "../../schema/admin.ts";
import { blobs, uploads } from "../../schema/uploads.ts";
import type { Ctx } from "../core/context.ts";
import { ConstraintError } from "../core/database.ts";
import { AppError, errorStatus } from "../core/errors.ts";
import type { ContentDigests } from "../core/hash.ts";
import { attachment } from "../core/storage.attachment.ts";
import { SERVED_TYPE, StorageError } from "../core/storage.ts";
import { release, startOver, type Leased } from "./leases.ts";
import { deleteStaged, endUpload, publisherOf, stagingKey } from "./uploads.ts";

/**
 * Copies verified bytes to their content-addressed key and makes them visible in one batch. The blob's row comes before
 * its object, so that no object is ever without a row that garbage collection can find it by.
 * Safe to repeat; leaves the upload `verifying` where something stands in the way that will pass.
 */
export async function promoteAndPublish(ctx: Ctx, upload: Leased, digests: ContentDigests): Promise<void> {
  const inspected = await inspect(ctx, upload, digests.sha256);
  if (inspected) await promote(ctx, inspected, digests);
}

/** The upload with what its bytes say of it; undefined where they refused it, or changed meanwhile. */
async function inspect(ctx: Ctx, upload: Leased, sha256: string): Promise<Leased | undefined> {
  const publisher = publisherOf(ctx, upload.kind);
  if (!publisher.inspect) return upload;
  const { id, draft, fileName, owner, size } = upload;
  const read = (start: number, end: number) => readStaged(ctx, upload, start, end);
  try {
    const found = await publisher.inspect(ctx, { id, draft, fileName, owner, size, sha256, read });
    return { ...upload, ...found };
  } catch (error) {
    if (error instanceof StorageError && error.code === "precondition-failed") {
      await startOver(ctx, upload);
      await release(ctx, upload);
      return undefined;
    }
    if (!(error instanceof AppError) || errorStatus[error.code] >= 500) throw error;
    await endUpload(ctx, upload, "rejected", error.code, error.params);
    return undefined;
  }
}

async function readStaged(ctx: Ctx, upload: Leased, start: number, end: number): Promise<Uint8Array> {
  const ifMatch = upload.stagingEtag ?? "";
  const object = await ctx.deps.storage.get(stagingKey(upload), { range: { start, end }, ifMatch });
  if (!object) throw new StorageError("precondition-failed", "the staged object is gone");
  const bytes = new Uint8Array(await new Response(object.body).arrayBuffer());
  if (bytes.length !== end - start + 1) throw new StorageError("unavailable", "an object ended early");
  return bytes;
}

async function promote(ctx: Ctx, upload: Leased, digests: ContentDigests): Promise<void> {
  const blobId = await recordBlob(ctx, upload, digests);
  if (blobId === undefined) return release(ctx, upload);
  try {
    await copyToBlob(ctx, upload);
  } catch (error) {
    if (!(error instanceof StorageError) || error.code !== "precondition-failed") throw error;
    await startOver(ctx, upload);
    return release(ctx, upload);
  }
  await publish(ctx, upload, blobId);
}

const blobKey = (upload: Leased) => `objects/${upload.sha256}/${upload.fileName}`;

async function recordBlob(ctx: Ctx, upload: Leased, digests: ContentDigests): Promise<number | undefined> {
  const now = ctx.deps.clock();
  const [rows] = await ctx.deps.db.write((q) => [
    q
      .insert(blobs)
      .values({
        ...digests,
        objectKey: blobKey(upload),
        category: upload.category,
        size: upload.size,
        state: "live",
        releasedAt: now,
        createdAt: now,
      })
      .onConflictDoUpdate({
        target: blobs.objectKey,
        set: { releasedAt: sql`CASE WHEN refs = 0 THEN ${now} END` },
        setWhere: eq(blobs.state, "live"),
      })
      .returning({ id: blobs.id }),
  ]);
  return rows[0]?.id;
}

async function copyToBlob(ctx: Ctx, upload: Leased): Promise<void> {
  const { storage } = ctx.deps;
  const existing = await storage.head(blobKey(upload));
  if (existing?.size === upload.size) return;
  await storage.copy(stagingKey(upload), blobKey(upload), {
    size: upload.size,
    ifMatch: upload.stagingEtag ?? "",
    contentType: publisherOf(ctx, upload.kind).servedType ?? SERVED_TYPE,
    contentDisposition: attachment(upload.fileName),
    cacheControl: "public, max-age=31536000, immutable",
  });
}

async function publish(ctx: Ctx, upload: Leased, blobId: number): Promise<void> {
  const { db, clock, log } = ctx.deps;
  const publisher = publisherOf(ctx, upload.kind);
  const mine = and(
    eq(uploads.id, upload.id),
    eq(uploads.state, "verifying"),
    eq(uploads.leaseHolder, upload.leaseHolder),
  );
  const verified = {
    id: upload.id,
    draft: upload.draft,
    fileName: upload.fileName,
    owner: upload.owner,
    size: upload.size,
    blobId,
    fence: sql<string>`(SELECT ${uploads.id} FROM ${uploads} WHERE ${mine})`,
  };
  const now = clock();
  try {
    await db.write((q) => [
      ...publisher.publish(q, verified, now),
      q.insert(audit).values({
        at: now,
        actor: upload.owner,
        action: `${upload.kind}.publish`,
        target: upload.fileName,
        detail: { upload_id: upload.id, sha256: upload.sha256, size: upload.size },
      }),
      q
        .update(uploads)
        .set({ state: "ready", endedAt: now, reservedBytes: 0, draft: {}, hashState: null, leaseUntil: 0 })
        .where(mine),
    ]);
  } catch (error) {
    const meaning = error instanceof ConstraintError ? publisher.refusals[error.constraint] : undefined;
    if (meaning === undefined) throw error;
    if (meaning === "later") return release(ctx, upload);
    if (meaning !== "ended") {
      await endUpload(ctx, upload, "rejected", meaning, publisher.refusalParams?.(ctx, meaning));
    }
    return;
  }
  publisher.published(ctx);
  log.info("published", {
    upload_id: upload.id,
    kind: upload.kind,
    file: upload.fileName,
    size: upload.size,
  });
  await deleteStaged(ctx, { id: upload.id, multipartId: null });
}
