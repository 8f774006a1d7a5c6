import { requireScope } from "../../accounts/api-keys/api-keys.ts";
import type { Ctx } from "../../core/context.ts";
import { orderingKey } from "../../kit/versions.ts";
import { slugOf } from "../../releases/access.ts";
import { readVersion } from "../../releases/read-version.ts";

/** The key under which uploads wait for the release of a version, made of its software's slug and its ordering key. */
export const releaseKey = (slug: string, orderKey: string) => `${slug}/${orderKey}`;

/** A release as the path of a request names it. */
export type ReleaseName = {
  /** The software's slug. */
  slug: string;
  /** Without `v`. */
  version: string;
  orderKey: string;
};

/**
 * Finds the release that a path names, and refuses whoever may not publish its software.
 * @throws AppError INVALID_API_KEY, INSUFFICIENT_SCOPE, INVALID_VERSION.
 */
export async function openRelease(
  ctx: Ctx,
  path: { software: string; version: string },
): Promise<ReleaseName> {
  requireScope(ctx.actor, "packages:write");
  const name = await readReleaseName(ctx, path);
  requireScope(ctx.actor, "packages:write", name.slug);
  return name;
}

/**
 * Reads the software, by slug or akey, and the version, in any spelling, that a path names. Costs one round trip for an
 * akey.
 * @throws AppError INVALID_VERSION, SOFTWARE_NOT_FOUND.
 */
async function readReleaseName(ctx: Ctx, path: { software: string; version: string }): Promise<ReleaseName> {
  const version = readVersion("version", path.version);
  const name = path.software.toLowerCase();
  const slug = await slugOf(ctx, name);
  return { slug, version: version.name, orderKey: orderingKey(version) };
}
