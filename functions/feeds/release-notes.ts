import { and, eq } from "drizzle-orm";
import { versions } from "../../schema/releases.ts";
import { requireReader, type Credential } from "../accounts/readers.ts";
import type { Ctx } from "../core/context.ts";
import { AppError } from "../core/errors.ts";
import { orderingKey, parseVersion } from "../kit/versions.ts";
import { selectAccess } from "../releases/access.ts";
import { softwareOf } from "../updates/newest-packages.sql.ts";

/**
 * What people read of a version: its notes, else its description, as Markdown; of one that is withdrawn, too, for somebody may
 * be about to install it. One round trip.
 * @throws AppError RELEASE_NOT_FOUND; INVALID_API_KEY, whether there or not, for whoever may not see the software
 */
export async function readReleaseNotes(
  ctx: Ctx,
  question: { software: string; version: string },
  credential: Credential,
): Promise<{ text: string; isPrivate: boolean }> {
  const version = parseVersion(question.version);
  const isIt = and(
    eq(versions.softwareId, softwareOf(question)),
    eq(versions.orderKey, version ? orderingKey(version) : ""),
  );
  const { access, rows } = await ctx.deps.db.readBatch((q) => ({
    access: selectAccess(q, question.software),
    rows: q.select({ notes: versions.notes, description: versions.description }).from(versions).where(isIt),
  }));
  const [software] = access;
  if (software) await requireReader(ctx, software, credential);
  const [found] = rows;
  if (!software || !found) throw new AppError("RELEASE_NOT_FOUND");
  return { text: found.notes || found.description, isPrivate: software.isPrivate };
}
