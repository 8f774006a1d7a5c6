import { inArray, sql, type SQL } from "drizzle-orm";
import { packages } from "../../../schema/packages.ts";
import { versions } from "../../../schema/releases.ts";
import { audited } from "../../core/audit.ts";
import type { Ctx } from "../../core/context.ts";
import type { Batch, Statement } from "../../core/database/batch.ts";
import type { Query } from "../../core/database/database.ts";
import { AppError } from "../../core/errors.ts";
import { channelOf, parseVersion } from "../../kit/versions.ts";
import { releasesChanged } from "../../releases/changes.ts";
import { moveVersion, setVersionTexts, type VersionTexts } from "../../releases/change-version.ts";
import { discardRelease as discardUploads } from "../../uploads/publishing/release.ts";
import { tellOfYanks } from "./package-events.ts";
import { describeRelease } from "./describe-release.ts";
import { readReleaseFiles, versionId } from "./release-files.ts";
import { openRelease, releaseKey, type ReleaseName } from "./release-name.ts";

type Path = { software: string; version: string };

/**
 * Withdraws every package of a version from checks and feeds. Their download links go on working.
 * @throws AppError RELEASE_NOT_FOUND.
 */
export function yankRelease(ctx: Ctx, path: Path) {
  const yankedAt = sql<number>`coalesce(${packages.yankedAt}, ${ctx.deps.clock()})`;
  return change(ctx, path, "release.yank", (q, name) => ({
    told: tellOfYanks(ctx, q, inArray(packages.versionId, versionId(q, name))),
    changed: setYanked(q, name, yankedAt),
  }));
}

/** Offers every package of a version again. @throws AppError RELEASE_NOT_FOUND. */
export function unyankRelease(ctx: Ctx, path: Path) {
  return change(ctx, path, "release.unyank", (q, name) => ({ changed: setYanked(q, name, null) }));
}

const setYanked = (q: Query, name: ReleaseName, yankedAt: SQL<number> | null) =>
  q
    .update(packages)
    .set({ yankedAt })
    .where(inArray(packages.versionId, versionId(q, name)))
    .returning({ id: packages.versionId });

/** Changes the texts of a version. @throws AppError RELEASE_NOT_FOUND. */
export function updateRelease(ctx: Ctx, path: Path, texts: VersionTexts) {
  return change(ctx, path, "release.update", (q, name) => ({
    changed: setVersionTexts(q, inArray(versions.id, versionId(q, name)), texts),
  }));
}

/**
 * Moves a version and its packages to another channel. On `stable` it becomes the latest version if it is the highest
 * there. A version that is on `stable` stays there.
 * @throws AppError RELEASE_NOT_FOUND; RELEASE_STABLE for what would leave it; PRE_RELEASE for a pre-release, which cannot be stable
 */
export async function promoteRelease(ctx: Ctx, path: Path, to: string) {
  const parsed = parseVersion(path.version);
  if (to === "stable" && parsed && channelOf(parsed) !== "stable")
    throw new AppError("PRE_RELEASE", { version: parsed.name });
  return change(
    ctx,
    path,
    "release.promote",
    (q, name) => {
      const isOnIt = to === "stable" ? sql`1` : sql`${versions.channel} <> 'stable'`;
      const isIt = sql`${inArray(versions.id, versionId(q, name))} AND ${isOnIt}`;
      const moving = q.select({ id: versions.id }).from(versions).where(isIt);
      const { unset, moved } = moveVersion(q, isIt, { orderKey: name.orderKey, channel: to });
      return {
        unset,
        packages: q.update(packages).set({ channel: to }).where(inArray(packages.versionId, moving)),
        changed: moved,
      };
    },
    { to },
  );
}

/** Ends the uploads that wait for a release, without publishing them. @throws AppError RELEASE_EMPTY where none waits. */
export async function discardRelease(ctx: Ctx, path: Path): Promise<{ discarded: number }> {
  const name = await openRelease(ctx, path);
  const discarded = await discardUploads(ctx, releaseKey(name.slug, name.orderKey));
  if (discarded === 0) throw new AppError("RELEASE_EMPTY");
  return { discarded };
}

type Changing = Batch & { changed: Statement & { readonly _: { readonly result: { id: string }[] } } };

/**
 * Runs the statements of a change; the one named `changed` returns the changed rows.
 * @returns the release after the change
 */
async function change(
  ctx: Ctx,
  path: Path,
  action: string,
  statements: (q: Query, name: ReleaseName) => Changing,
  detail: Record<string, unknown> = {},
) {
  const name = await openRelease(ctx, path);
  const entry = { action, target: `${name.slug} ${name.version}`, detail };
  const { release } = await ctx.deps.db.write((q) => {
    const { changed, ...before } = statements(q, name);
    return { before, release: audited(ctx, q, changed, entry) };
  });
  const files = await readReleaseFiles(ctx, name);
  // A version that is there was not moved because it is on stable already.
  if (release.change.length === 0) throw new AppError(files.version ? "RELEASE_STABLE" : "RELEASE_NOT_FOUND");
  releasesChanged(ctx);
  return describeRelease(name, files);
}
