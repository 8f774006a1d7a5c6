import type { Ctx } from "../core/context.ts";
import type { Publisher, Standing } from "./publisher.ts";

/** What stands at a draft's place already, if it is the very bytes. */
export async function findSame(
  ctx: Ctx,
  publisher: Publisher,
  draft: unknown,
  sha256: string,
): Promise<Standing | undefined> {
  const standing = await publisher.standing?.(ctx, draft, sha256);
  return standing?.sha256 === sha256 ? standing : undefined;
}
