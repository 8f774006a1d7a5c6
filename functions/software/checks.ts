import { requireReader, type Credential } from "../accounts/readers.ts";
import type { Ctx } from "../core/context.ts";
import { message } from "../core/locale/locale.ts";
import { compareVersions, parseVersion } from "../kit/versions.ts";
import { findPair, type KeyPair, type Pair, type UnknownPair } from "./pairs.ts";

export type IllegalPair = { legal: false; message: string };

/** Whether a pair of keys is valid. At most one round trip. */
export async function checkLegality(
  ctx: Ctx,
  keys: KeyPair,
): Promise<{ legal: true; message: string } | IllegalPair> {
  const pair = await findPair(ctx, keys);
  return pair.known ? { legal: true, message: message(ctx.locale, "keys.legal") } : illegal(ctx, pair);
}

export type UpdateCheck =
  | { has_update: true; latest_version: string; release_time: string }
  | { has_update: false; message: string };

/**
 * Whether the software of a pair of keys has a newer version than theirs. At most one round trip, and one for what opens
 * private software: a pair of keys says what is installed somewhere, not what its owner may still see.
 * @throws AppError INVALID_API_KEY for whoever may not see the software.
 */
export async function checkUpdate(
  ctx: Ctx,
  keys: KeyPair,
  credential: Credential,
): Promise<UpdateCheck | IllegalPair> {
  const pair = await findPair(ctx, keys);
  if (!pair.known) return illegal(ctx, pair);
  await requireReader(ctx, pair.software, credential);
  const { latest } = pair;
  if (!latest || !isNewer(latest, pair.own)) {
    return { has_update: false, message: message(ctx.locale, "keys.upToDate") };
  }
  return {
    has_update: true,
    latest_version: latest.version,
    release_time: new Date(latest.createdAt).toISOString(),
  };
}

/** A client is never sent back: the order of versions decides or, where a text cannot be read, the order of publication. */
function isNewer(latest: NonNullable<Pair["latest"]>, own: Pair["own"]): boolean {
  if (latest.vkey === own.vkey) return false;
  const [newest, present] = [parseVersion(latest.version), parseVersion(own.version)];
  return newest && present ? compareVersions(newest, present) > 0 : latest.createdAt >= own.createdAt;
}

function illegal(ctx: Ctx, { unknown }: UnknownPair): IllegalPair {
  const key = unknown === "akey" ? "keys.unknownAkey" : "keys.unknownVkey";
  return { legal: false, message: message(ctx.locale, key) };
}
