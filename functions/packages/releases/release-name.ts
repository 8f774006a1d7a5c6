import { eq } from "drizzle-orm";
import { software } from "../../../schema/releases.ts";
import type { Ctx } from "../../core/context.ts";
import { orderingKey } from "../../kit/versions.ts";
import { readVersion } from "../../releases/read-version.ts";

/** The name under which uploads wait for the release of a version: its software's slug and its ordering key. */
export const releaseKey = (slug: string, orderKey: string) => `${slug}/${orderKey}`;

/** A release as its path names it. */
export type ReleaseName = {
  /** The software's slug. */
  slug: string;
  /** Without `v`. */
  version: string;
  orderKey: string;
};

/**
 * Reads what a path names: software by slug or akey, and a version in any spelling. One round trip where it is an akey.
 * @throws AppError INVALID_VERSION.
 */
export async function readReleaseName(
  ctx: Ctx,
  path: { software: string; version: string },
): Promise<ReleaseName> {
  const version = readVersion("version", path.version);
  const name = path.software.toLowerCase();
  const slug = name.startsWith("soft_") ? ((await slugOf(ctx, name)) ?? name) : name;
  return { slug, version: version.name, orderKey: orderingKey(version) };
}

async function slugOf(ctx: Ctx, akey: string): Promise<string | undefined> {
  const [row] = await ctx.deps.db.read((q) =>
    q.select({ slug: software.slug }).from(software).where(eq(software.akey, akey)),
  );
  return row?.slug;
}
