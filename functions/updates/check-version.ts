import { requireReader, type Credential } from "../accounts/readers.ts";
import type { Ctx } from "../core/context.ts";
import { AppError } from "../core/errors.ts";
import type { Deps } from "../core/deps.ts";
import { sha256Hex } from "../kit/hash/hash.ts";
import { channelOf, orderingKey } from "../kit/versions.ts";
import type { SoftwareAccess } from "../releases/access.ts";
import { readVersion } from "../releases/read-version.ts";
import { decideUpdate, type Decision } from "./decide-update.ts";
import { floorOf } from "./gates.ts";
import type { Target } from "./newest-packages.sql.ts";
import { findIndex, isFresh } from "./update-indexes.ts";
import { describePlans, openPlanner, type UpdatePlan } from "./update-plans.ts";

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
    /** Only for clients that ask for plans. */
    plans?: UpdatePlan[];
  };
};

export type CheckedVersion = {
  answer: VersionCheck;
  /** Differs whenever the answer does. */
  etag: string;
  /** The software, which decides who may see the answer. */
  software: SoftwareAccess;
  /** Whether the indexes from which the answer was decided are still those that would be used. */
  stands: (deps: Deps) => boolean;
};

/**
 * Answers "is there something newer for me?". Without a channel, a client gets the channel of its own version: releases for
 * a release, betas too for a beta. Without a format, it gets one package of each type. With plans, the answer may also be a
 * version to which only a chain leads.
 * @returns the answer, and what it depends on
 * @throws AppError INVALID_VERSION; INVALID_API_KEY for whoever may not see the software; VERSION_NOT_FOUND where nothing
 *   is published for the target.
 */
export async function checkVersion(
  ctx: Ctx,
  input: Omit<Target, "channel" | "format"> & {
    current_version: string;
    channel?: string | undefined;
    format?: string | undefined;
    plans?: boolean | undefined;
    /** What opens private software. */
    credential: Credential;
  },
): Promise<CheckedVersion> {
  const current = readVersion("current_version", input.current_version);
  const { platform, arch, format } = input;
  const channel = input.channel ?? channelOf(current);
  const target = { software: input.software.toLowerCase(), platform, arch, channel, format };
  const top = await findIndex(ctx, target);
  const { software } = top;
  await requireReader(ctx, software, input.credential);
  if (top.candidates.length === 0) throw new AppError("VERSION_NOT_FOUND");
  const floor = floorOf(top.gates, orderingKey(current));
  const question = { ...target, floor };
  const index = floor === undefined ? top : await findIndex(ctx, question);
  const indexStands = (deps: Deps) => isFresh(deps, target, top) && isFresh(deps, question, index);
  if (!input.plans) {
    const answer = describe(current.name, decideUpdate(index.candidates, current));
    return { answer, etag: `"${index.etag}-${current.name}"`, stands: indexStands, software };
  }
  const planner = await openPlanner(ctx, target, index.candidates, current);
  const decision = decideUpdate(index.candidates, current, planner.findChain);
  const answer = describe(current.name, decision);
  if (answer.update_info && decision.update) {
    answer.update_info.plans = await describePlans(ctx, decision, current);
  }
  const stands = (deps: Deps) => indexStands(deps) && planner.stands(deps);
  return { answer, etag: `"${sha256Hex(JSON.stringify(answer)).slice(0, 16)}-plans"`, stands, software };
}

function describe(currentVersion: string, decision: Decision): VersionCheck {
  const answer: VersionCheck = {
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
