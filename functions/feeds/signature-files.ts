import { and, eq } from "drizzle-orm";
import { packages } from "../../schema/packages.ts";
import { requireReader } from "../accounts/readers.ts";
import type { Ctx } from "../core/context.ts";
import { AppError } from "../core/errors.ts";
import { selectAccess } from "../releases/access.ts";
import { softwareOf } from "../updates/newest-packages.sql.ts";
import type { FeedPath } from "./files/feed-files.ts";

const EXTENSION = ".sig";

/** Whether a name is that of a signature file. */
export const isSignatureFile = (fileName: string) => fileName.endsWith(EXTENSION);

/**
 * The content of the minisign signature file of a package, as its publisher gave it. One round trip.
 * @param path names the signature file
 * @throws AppError PACKAGE_NOT_FOUND; INVALID_API_KEY, whether there or not, for whoever may not see the software
 */
export async function readSignatureFile(
  ctx: Ctx,
  { software, fileName, credential }: FeedPath,
): Promise<{ text: string; isPrivate: boolean }> {
  const isIt = and(
    eq(packages.fileName, fileName.slice(0, -EXTENSION.length)),
    eq(packages.softwareId, softwareOf({ software })),
  );
  const { access, rows } = await ctx.deps.db.readBatch((q) => ({
    access: selectAccess(q, software),
    rows: q.select({ signature: packages.signature }).from(packages).where(isIt),
  }));
  const [known] = access;
  if (known) await requireReader(ctx, known, credential);
  const signature = rows[0]?.signature ?? null;
  if (!known || signature === null) throw new AppError("PACKAGE_NOT_FOUND");
  return { text: signature, isPrivate: known.isPrivate };
}
