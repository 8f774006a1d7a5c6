import { inArray } from "drizzle-orm";
import { blobs, type uploads } from "../../../schema/uploads.ts";
import type { Ctx } from "../../core/context.ts";
import type { Publisher } from "../publisher.ts";
import { attachment } from "../../storage/attachment.ts";
import { SERVED_TYPE, type ObjectPresentation } from "../../storage/storage.ts";

type Upload = typeof uploads.$inferSelect;
type Named = Pick<Upload, "id" | "sha256" | "fileName" | "objectKey">;

/** The name that the URL of a single PUT is signed for, which stays valid for a while: never served. */
export const stagingKey = (upload: { id: string }) => `staging/${upload.id}`;

/** Where an upload's bytes arrive. */
export const writtenKey = (upload: Pick<Named, "id" | "objectKey">) => upload.objectKey ?? stagingKey(upload);

/** Where an upload's bytes stay. No other upload has this name, so nothing that is done to one touches another's. */
export const finalKey = (upload: Named) => upload.objectKey ?? newObjectKey(upload);

/**
 * `objects/<sha256>/<upload id>/<file name>`. A form's parts are sent before their SHA-256 is known: without it there.
 * The name is the declared one; under which name it is served, its signed URL says.
 */
export function newObjectKey({ id, sha256, fileName }: Omit<Named, "objectKey">): string {
  return ["objects", ...(sha256 ? [sha256] : []), id, fileName].join("/");
}

/** The upload that an object's key names; undefined for those of earlier releases. */
export function uploadIdOf(key: string): string | undefined {
  return /\/(upl_[0-9a-z]{26})\//.exec(key)?.[1];
}

/** How a published object shows itself to those who have no signed URL's overrides. */
export function presentationOf(publisher: Publisher, fileName: string): ObjectPresentation {
  return {
    contentType: publisher.servedType ?? SERVED_TYPE,
    contentDisposition: attachment(fileName),
    cacheControl: "public, max-age=31536000, immutable",
  };
}

/**
 * Deletes the bytes of uploads that have ended, those excepted that were published. A failure is logged and left to cron.
 * @returns the ids of those of which nothing is left
 */
export async function deleteBytes(
  ctx: Ctx,
  ended: (Named & Pick<Upload, "multipartId">)[],
): Promise<string[]> {
  const { db, storage, log } = ctx.deps;
  const keys = ended.map(finalKey);
  const rows = await db.read((q) =>
    q.select({ key: blobs.objectKey }).from(blobs).where(inArray(blobs.objectKey, keys)),
  );
  const published = new Set(rows.map((row) => row.key));
  const clean: string[] = [];
  for (const upload of ended) {
    if (!ctx.mayGoOn()) break;
    try {
      // Only what no row holds: an object that was published is its blob's.
      const [written, final] = [writtenKey(upload), finalKey(upload)];
      const unpublished = new Set(
        [written, ...(upload.sha256 ? [final] : [])].filter((key) => !published.has(key)),
      );
      if (upload.multipartId && unpublished.has(written))
        await storage.abortMultipart(written, upload.multipartId);
      for (const key of unpublished) await storage.delete(key);
      clean.push(upload.id);
    } catch (error) {
      log.warn("bytes of an upload not deleted yet", { upload_id: upload.id, error });
    }
  }
  return clean;
}
