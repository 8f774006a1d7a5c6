import { inArray } from "drizzle-orm";
import { blobs, type uploads } from "../../../schema/uploads.ts";
import type { Ctx } from "../../core/context.ts";
import type { Publisher } from "../publisher.ts";
import { attachment } from "../../storage/attachment.ts";
import { SERVED_TYPE, type ObjectPresentation } from "../../storage/storage.ts";

type Upload = typeof uploads.$inferSelect;
type Named = Pick<Upload, "id" | "sha256" | "fileName" | "objectKey">;

/**
 * The name for which a single PUT's URL is signed. The URL stays valid for a while, so the object under this name is never
 * served.
 */
export const stagingKey = (upload: { id: string }) => `staging/${upload.id}`;

/** The key at which an upload's bytes arrive. */
export const writtenKey = (upload: Pick<Named, "id" | "objectKey">) => upload.objectKey ?? stagingKey(upload);

/**
 * The key at which an upload's bytes stay. It belongs to this upload alone, so nothing that happens to one upload touches
 * another's.
 */
export const finalKey = (upload: Named) => upload.objectKey ?? newObjectKey(upload);

/**
 * `objects/<sha256>/<upload id>/<file name>`. A form's parts are sent before their SHA-256 is known, so its key lacks that.
 * The name is the declared one; a signed URL says under which name the object is served.
 */
export function newObjectKey({ id, sha256, fileName }: Omit<Named, "objectKey">): string {
  return ["objects", ...(sha256 ? [sha256] : []), id, fileName].join("/");
}

/** The upload that an object's key names; undefined for keys of earlier releases. */
export function uploadIdOf(key: string): string | undefined {
  return /\/(upl_[0-9a-z]{26})\//.exec(key)?.[1];
}

/** How a published object presents itself to clients whose URL has no overrides. */
export function presentationOf(publisher: Publisher, fileName: string): ObjectPresentation {
  return {
    contentType: publisher.servedType ?? SERVED_TYPE,
    contentDisposition: attachment(fileName),
    cacheControl: "public, max-age=31536000, immutable",
  };
}

/**
 * Deletes the bytes of uploads that have ended, except those that were published. A failure is logged, and left to cron.
 * @returns the ids of the uploads of which nothing is left
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
      // Only objects that no row holds: a published object belongs to its blob.
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
