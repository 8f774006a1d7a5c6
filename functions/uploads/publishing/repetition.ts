import type { Ctx } from "../../core/context.ts";
import type { Publisher, PublishedFile } from "../publisher.ts";

/** What was published at a draft's place already, if it is the same bytes. */
export async function findSameBytes(
  ctx: Ctx,
  publisher: Publisher,
  draft: unknown,
  sha256: string,
): Promise<PublishedFile | undefined> {
  const published = await publisher.findAtPlace?.(ctx, draft, sha256);
  return published?.sha256 === sha256 ? published : undefined;
}
