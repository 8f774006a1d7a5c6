import type { Ctx } from "../../core/context.ts";
import { AppError, errorDefinition } from "../../core/errors.ts";
import type { ContentDigests } from "../../kit/hash/hash.ts";
import type { PublicationRefusal, StagedUpload } from "../publisher.ts";
import { StorageError } from "../../storage/storage.ts";
import { releaseLease, startOver, type Leased } from "../verification/leases.ts";
import { finalKey, presentationOf, stagingKey, writtenKey } from "./objects.ts";
import { conclude, type Published } from "./publication.ts";
import type { Named } from "./statements.ts";
import { findSameBytes } from "./repetition.ts";
import { endAsRepetition, endUpload } from "../uploads.ts";
import { publisherOf } from "../publishers.ts";

/**
 * Publishes an upload whose bytes are verified. Safe to repeat. It leaves the upload `verifying` where something stands in
 * the way that will pass.
 * @returns undefined where this call did not publish it
 */
export async function promoteAndPublish(
  ctx: Ctx,
  upload: Leased,
  digests: ContentDigests,
): Promise<Published | undefined> {
  let named: Named;
  try {
    named = await inspect(ctx, upload, digests.sha256, (start, end) => readStored(ctx, upload, start, end));
    if (upload.objectKey === null) await copyStaged(ctx, upload, named.fileName);
  } catch (error) {
    if (error instanceof StorageError && error.code === "precondition-failed") {
      await startOver(ctx, upload);
      await releaseLease(ctx, upload);
      return undefined;
    }
    if (!(error instanceof AppError) || errorDefinition(error.code).status >= 500) throw error;
    await endUpload(ctx, upload, "rejected", error.code, error.params);
    return undefined;
  }
  const outcome = await conclude(ctx, { upload, named, digests });
  if (outcome.refused !== undefined) await refuse(ctx, upload, named, digests.sha256, outcome.refused);
  return outcome.published;
}

/** Reads in the bytes what the upload is, for kinds that do so. @throws AppError where the bytes are refused. */
export async function inspect(
  ctx: Ctx,
  { kind, id, draft, fileName, owner, size }: Leased,
  sha256: string,
  read: StagedUpload["read"],
): Promise<Named> {
  const publisher = publisherOf(kind);
  if (!publisher.inspect) return { draft, fileName };
  return publisher.inspect(ctx, { id, draft, fileName, owner, size, sha256, read });
}

async function readStored(ctx: Ctx, upload: Leased, start: number, end: number): Promise<Uint8Array> {
  const options = { range: { start, end }, ifMatch: upload.stagingEtag ?? "" };
  const object = await ctx.deps.storage.get(writtenKey(upload), options);
  if (!object) throw new StorageError("precondition-failed", "the object is gone");
  const bytes = new Uint8Array(await new Response(object.body).arrayBuffer());
  if (bytes.length !== end - start + 1) throw new StorageError("unavailable", "an object ended early");
  return bytes;
}

/** A URL can still overwrite these bytes, so they are copied under the condition that they are the verified ones. */
async function copyStaged(ctx: Ctx, upload: Leased, fileName: string): Promise<void> {
  const presentation = presentationOf(publisherOf(upload.kind), fileName);
  await ctx.deps.storage.copy(stagingKey(upload), finalKey(upload), {
    ...presentation,
    size: upload.size,
    ifMatch: upload.stagingEtag ?? "",
  });
}

/** Ends an upload that cannot be published, or gives it back where it can be published later. */
async function refuse(
  ctx: Ctx,
  upload: Leased,
  named: Named,
  sha256: string,
  refused: PublicationRefusal,
): Promise<void> {
  if (refused === "ended") return;
  if (refused === "later") return releaseLease(ctx, upload);
  const publisher = publisherOf(upload.kind);
  const same =
    refused === publisher.takenCode ? await findSameBytes(ctx, publisher, named.draft, sha256) : undefined;
  if (same) await endAsRepetition(ctx, upload, same.uploadId);
  else await endUpload(ctx, upload, "rejected", refused, publisher.refusalParams?.(ctx, refused));
}
