import { and, eq } from "drizzle-orm";
import { uploads } from "../../../schema/uploads.ts";
import type { Ctx } from "../../core/context.ts";
import type { Publisher, PublishedFile } from "../publisher.ts";
import type { Upload } from "../uploads.ts";

/** What is already published at a draft's place, if its bytes are the same. Without a SHA-256 that cannot be known. */
export async function findSameBytes(
  ctx: Ctx,
  publisher: Publisher,
  draft: unknown,
  sha256: string | undefined,
): Promise<PublishedFile | undefined> {
  if (sha256 === undefined) return undefined;
  const published = await publisher.findAtPlace?.(ctx, draft, sha256);
  return published?.sha256 === sha256 ? published : undefined;
}

/** The upload with the same bytes that is held for the same release at the same place. */
export async function findHeldBytes(
  ctx: Ctx,
  { category, fileName, release, sha256 }: Upload,
): Promise<Upload | undefined> {
  if (release === null) return undefined;
  const [held] = await ctx.deps.db.read((q) =>
    q
      .select()
      .from(uploads)
      .where(and(eq(uploads.state, "held"), eq(uploads.category, category), eq(uploads.fileName, fileName))),
  );
  return held?.release === release && held.sha256 === sha256 ? held : undefined;
}
