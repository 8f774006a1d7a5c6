import { and, eq, type SQL } from "drizzle-orm";
import { appcasts } from "../../../schema/feeds.ts";
import { requireScope } from "../../accounts/api-keys/api-keys.ts";
import { audited } from "../../core/audit.ts";
import type { Ctx } from "../../core/context.ts";
import { refusals } from "../../core/database/refusals.ts";
import { AppError } from "../../core/errors.ts";
import { slugOf } from "../../releases/access.ts";
import { releasesChanged } from "../../releases/changes.ts";
import { softwareBySlug } from "../../releases/software.ts";
import { readTarget } from "../schemas.ts";

/** What a path names: software by slug or akey, and `{platform}-{arch}`. */
type Path = { software: string; target: string };
type Given = { appcast: string; signature?: string | undefined };

const unknown = refusals({ "appcasts.software_id": "SOFTWARE_NOT_FOUND" });

/**
 * Serves an appcast that its publisher signed, in place of the one that would be written here.
 * @throws AppError INVALID_API_KEY, INSUFFICIENT_SCOPE, SOFTWARE_NOT_FOUND; FEED_NOT_FOUND for a target that there is none of.
 */
export async function setAppcast(ctx: Ctx, path: Path, { appcast, signature }: Given) {
  const { slug, platform, arch, target } = await openAppcast(ctx, path);
  const updatedAt = ctx.deps.clock();
  const content = { appcast, signature: signature ?? null, updatedAt };
  const bytes = Buffer.byteLength(appcast);
  await ctx.deps.db.write((q) => {
    const change = q
      .insert(appcasts)
      .values({ softwareId: softwareBySlug(slug), platform, arch, ...content })
      .onConflictDoUpdate({ target: [appcasts.softwareId, appcasts.platform, appcasts.arch], set: content });
    const entry = { action: "appcast.set", target: `${slug} ${target}`, detail: { bytes } };
    return { changed: audited(ctx, q, change, entry) };
  }, unknown);
  releasesChanged(ctx);
  return {
    software: slug,
    target,
    bytes,
    is_signed_beside: content.signature !== null,
    updated_at: new Date(updatedAt).toISOString(),
  };
}

/** Goes back to the appcast that is written here. @throws AppError as `setAppcast`; FEED_EMPTY where none was set. */
export async function deleteAppcast(ctx: Ctx, path: Path) {
  const { slug, platform, arch, target } = await openAppcast(ctx, path);
  const { deleted } = await ctx.deps.db.write((q) => {
    const change = q
      .delete(appcasts)
      .where(isAppcast(softwareBySlug(slug), { platform, arch }))
      .returning({ softwareId: appcasts.softwareId });
    return { deleted: audited(ctx, q, change, { action: "appcast.delete", target: `${slug} ${target}` }) };
  });
  if (deleted.change.length === 0) throw new AppError("FEED_EMPTY");
  releasesChanged(ctx);
  return { software: slug, target };
}

type Target = Pick<typeof appcasts.$inferSelect, "platform" | "arch">;

const isAppcast = (softwareId: SQL<string>, { platform, arch }: Target) =>
  and(eq(appcasts.softwareId, softwareId), eq(appcasts.platform, platform), eq(appcasts.arch, arch));

/** What a path names, for whoever may publish its software. */
async function openAppcast(ctx: Ctx, path: Path) {
  requireScope(ctx.actor, "packages:write");
  const slug = await slugOf(ctx, path.software);
  requireScope(ctx.actor, "packages:write", slug);
  const target = readTarget(path.target);
  if (!target) throw new AppError("FEED_NOT_FOUND");
  const {
    platform,
    arches: [arch],
  } = target;
  return { slug, platform, arch, target: `${platform}-${arch}` };
}
