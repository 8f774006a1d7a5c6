import type { Ctx } from "../core/context.ts";
import { AppError } from "../core/errors.ts";
import { channelOf } from "../kit/versions.ts";
import { decideUpdate, type Decision } from "./decide-update.ts";
import { readVersion } from "../releases/read-version.ts";
import type { Target } from "./newest-packages.sql.ts";
import { findIndex, type UpdateIndex } from "./update-indexes.ts";

export type VersionCheck = {
  has_update: boolean;
  current_version: string;
  latest_version: string;
  update_info?: {
    version: string;
    description: string;
    release_date: string;
    is_critical: boolean;
    update_options: {
      type: "full" | "patch" | "hotfix";
      package_id: number;
      file_size: number;
      download_url: string;
      recommended: boolean;
    }[];
  };
};

export type CheckedVersion = {
  answer: VersionCheck;
  /** Changes with the answer. */
  etag: string;
  target: Target;
  index: UpdateIndex;
};

/**
 * The answer to "is there something newer for me?". Without a channel, a client gets that of its own version:
 * releases for a release, and betas too for a beta. Without a format, one of each type that there is.
 * @returns the answer, and what it was decided by
 * @throws AppError INVALID_VERSION; VERSION_NOT_FOUND where nothing is published for the target.
 */
export async function checkVersion(
  ctx: Ctx,
  input: Omit<Target, "channel" | "format"> & {
    current_version: string;
    channel?: string | undefined;
    format?: string | undefined;
  },
): Promise<CheckedVersion> {
  const current = readVersion("current_version", input.current_version);
  const { platform, arch, format } = input;
  const channel = input.channel ?? channelOf(current);
  const target = { software: input.software.toLowerCase(), platform, arch, channel, format };
  const index = await findIndex(ctx, target);
  if (index.candidates.length === 0) throw new AppError("VERSION_NOT_FOUND");
  const answer = describe(current.name, decideUpdate(index.candidates, current));
  return { answer, etag: `"${index.etag}-${current.name}"`, target, index };
}

function describe(currentVersion: string, decision: Decision): VersionCheck {
  const answer = {
    has_update: decision.update,
    current_version: currentVersion,
    latest_version: decision.latestVersion,
  };
  if (!decision.update) return answer;
  const { candidate, ways, isCritical, description } = decision;
  return {
    ...answer,
    update_info: {
      version: candidate.version,
      description,
      release_date: candidate.releasedAt,
      is_critical: isCritical,
      update_options: ways.map((way, index) => ({
        type: way.type,
        package_id: way.id,
        file_size: way.size,
        download_url: way.url,
        recommended: index === 0,
      })),
    },
  };
}
