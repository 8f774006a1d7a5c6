import type { z } from "zod";
import type { Ctx } from "../../core/context.ts";
import { AppError } from "../../core/errors.ts";
import { downloadPath } from "../../releases/package-names.ts";
import { readReleaseFiles, type ReleaseFiles } from "./release-files.ts";
import { findReleaseFaults } from "./release-faults.ts";
import { openRelease, type ReleaseName } from "./release-name.ts";
import type { releaseSchema } from "./schemas.ts";

type Release = z.infer<typeof releaseSchema>;

/**
 * Reads a release with all its files: those that are published, and those that wait to be.
 * @throws AppError RELEASE_NOT_FOUND.
 */
export async function getRelease(ctx: Ctx, path: { software: string; version: string }): Promise<Release> {
  const name = await openRelease(ctx, path);
  return describeRelease(name, await readReleaseFiles(ctx, name));
}

/**
 * Describes a release to its publisher.
 * @throws AppError RELEASE_NOT_FOUND where there is neither a version nor an upload that waits for it.
 */
export function describeRelease(name: ReleaseName, files: ReleaseFiles): Release {
  const { version, rollout, packages, open } = files;
  if (!version && open.length === 0) throw new AppError("RELEASE_NOT_FOUND");
  return {
    software: name.slug,
    version: name.version,
    vkey: version?.vkey ?? null,
    state: stateOf(files),
    channel: version?.channel ?? null,
    rollout,
    description: version?.description ?? "",
    notes: version?.notes ?? "",
    created_at: version ? new Date(version.createdAt).toISOString() : null,
    packages: packages.map((row) => ({
      id: row.id,
      package_type: row.type,
      platform: row.platform,
      arch: row.arch,
      from_version: row.fromVersion,
      format: row.format,
      channel: row.channel,
      file_name: row.fileName,
      size: row.size,
      sha256: row.sha256,
      sha512: row.sha512 || null,
      yanked: row.yankedAt !== null,
      is_signed: row.signature !== null || row.edSignature !== null,
      download_url: downloadPath(row.type, name.version, row.fileName),
      companions: row.companions.map(({ role, fileName, size }) => ({ role, file_name: fileName, size })),
    })),
    waiting: open.map(({ id, kind, state, fileName, size, expiresAt }) => ({
      upload_id: id,
      kind,
      state,
      file_name: fileName,
      size,
      expires_at: new Date(expiresAt).toISOString(),
    })),
    faults: findReleaseFaults(files),
  };
}

function stateOf({ packages, open }: ReleaseFiles): Release["state"] {
  if (packages.some((row) => row.yankedAt === null)) return "published";
  if (open.length > 0) return "draft";
  return packages.length > 0 ? "yanked" : "published";
}
