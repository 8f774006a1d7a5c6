import { requireReader, type Credential } from "../accounts/readers.ts";
import type { Ctx } from "../core/context.ts";
import { AppError } from "../core/errors.ts";
import type { Deps } from "../core/deps.ts";
import { sha256Hex } from "../kit/hash/hash.ts";
import { channelOf, orderingKey, type Version } from "../kit/versions.ts";
import type { SoftwareAccess } from "../releases/access.ts";
import { readVersion } from "../releases/read-version.ts";
import { bitsOf, isTooLong, MAX_DEVICE_ID, type Device, type Limit } from "../rollouts/limits.ts";
import { decideUpdate, outFor, type Candidate } from "./decide-update.ts";
import { describeCheck, describeRollback, type VersionCheck } from "./describe-check.ts";
import { floorOf } from "./gates.ts";
import type { Target } from "./newest-packages.sql.ts";
import { findIndex, isFresh } from "./update-indexes.ts";
import { describePlans, openPlanner } from "./update-plans.ts";

export type CheckedVersion = {
  answer: VersionCheck;
  /** Differs whenever the answer does. */
  etag: string;
  /** The software, which decides who may see the answer. */
  software: SoftwareAccess;
  /** Whether the indexes from which the answer was decided are still those that would be used. */
  stands: (deps: Deps) => boolean;
  /** The rollouts that decide with, and which of them the device is in. */
  limits: readonly Limit[];
  bits: string;
  /** The order key of the device's version. */
  key: string;
};

/**
 * Answers "is there something newer for me?". Without a channel, a client gets the channel of its own version: releases for
 * a release, betas too for a beta. Without a format, it gets one package of each type. With plans, the answer may also be a
 * version to which only a chain leads. Which versions are out for it, rollouts decide by its device.
 * @returns the answer, and what it depends on
 * @throws AppError INVALID_VERSION; DEVICE_ID_TOO_LONG; INVALID_API_KEY for whoever may not see the software;
 *   VERSION_NOT_FOUND where nothing is published for the target.
 */
export async function checkVersion(
  ctx: Ctx,
  input: Omit<Target, "channel" | "format"> & {
    current_version: string;
    channel?: string | undefined;
    format?: string | undefined;
    plans?: boolean | undefined;
    device?: Device;
    /** What opens private software. */
    credential: Credential;
  },
): Promise<CheckedVersion> {
  const current = readVersion("current_version", input.current_version);
  const { device = {} } = input;
  if (isTooLong(device)) throw new AppError("DEVICE_ID_TOO_LONG", { limit: MAX_DEVICE_ID });
  const { platform, arch, format } = input;
  const channel = input.channel ?? channelOf(current);
  const target = { software: input.software.toLowerCase(), platform, arch, channel, format };
  const key = orderingKey(current);
  const top = await findIndex(ctx, target);
  const { software } = top;
  await requireReader(ctx, software, input.credential);
  if (top.candidates.length === 0) throw new AppError("VERSION_NOT_FOUND");
  const floor = floorOf(top.gates, key);
  const question = { ...target, floor };
  const index = floor === undefined ? top : await findIndex(ctx, question);
  const { limits } = index;
  const bits = bitsOf(limits, { ...device, key });
  const candidates = limits.length === 0 ? index.candidates : outFor(index.candidates, bits);
  const decided = await decide(ctx, { target, candidates, current, plans: input.plans === true });
  const { answer, tag = `${index.etag}-${current.name}${limits.length === 0 ? "" : `-${bits}`}` } = decided;
  const rollback = answer.has_update ? undefined : describeRollback(limits, candidates, { current, key });
  return {
    answer: rollback ? { ...answer, rollback } : answer,
    etag: `"${tag}"`,
    stands: (deps) =>
      isFresh(deps, target, top) && isFresh(deps, question, index) && (decided.stands?.(deps) ?? true),
    software,
    limits,
    bits,
    key,
  };
}

type Question = { target: Target; candidates: readonly Candidate[]; current: Version; plans: boolean };
/** `tag` and `stands` are those of answers that depend on more than the index of candidates. */
type Decided = { answer: VersionCheck; tag?: string; stands?: (deps: Deps) => boolean };

async function decide(ctx: Ctx, { target, candidates, current, plans }: Question): Promise<Decided> {
  if (!plans) return { answer: describeCheck(current, decideUpdate(candidates, current)) };
  const planner = await openPlanner(ctx, target, candidates, current);
  const decision = decideUpdate(candidates, current, planner.findChain);
  const answer = describeCheck(current, decision);
  if (answer.update_info && decision.update) {
    answer.update_info.plans = await describePlans(ctx, decision, current);
  }
  const tag = `${sha256Hex(JSON.stringify(answer)).slice(0, 16)}-plans`;
  return { answer, tag, stands: planner.stands };
}
