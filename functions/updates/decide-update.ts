import { orderingKey, parseVersion, sameMinor, type Version } from "../kit/versions.ts";
import type { PackageType } from "../releases/package-names.ts";

/** A package that may lead a client to its version. */
export type Way = {
  id: number;
  type: PackageType;
  /** The version it applies to; null for a full package, and for a hotfix that fits the whole minor line. */
  fromVersion: string | null;
  /** Bytes. */
  size: number;
  url: string;
};

/** A published version with the ways to it, smallest first. */
export type Candidate = {
  version: string;
  orderKey: string;
  description: string;
  /** ISO 8601. */
  releasedAt: string;
  isCritical: boolean;
  ways: Way[];
};

export type Decision =
  | { update: false; latestVersion: string }
  | { update: true; latestVersion: string; candidate: Candidate; ways: Way[] };

/**
 * The update decision: the newest version above the client's own to which the client has a way, with every way to it.
 * A full package is a way for all, a patch for the version it starts from, a hotfix for that version or, without one, for
 * every earlier version of its major.minor line. Never a downgrade; a client newer than everything is up to date.
 * @param candidates newest first; those the client's channel offers
 */
export function decideUpdate(candidates: readonly Candidate[], current: Version): Decision {
  const currentKey = orderingKey(current);
  for (const candidate of candidates) {
    if (candidate.orderKey <= currentKey) return { update: false, latestVersion: candidate.version };
    const ways = candidate.ways.filter((way) => leads(way, candidate, current));
    if (ways.length > 0) return { update: true, latestVersion: candidate.version, candidate, ways };
  }
  return { update: false, latestVersion: current.version };
}

function leads(way: Way, candidate: Candidate, current: Version): boolean {
  if (way.type === "full") return true;
  if (way.fromVersion !== null) return way.fromVersion === current.version;
  const target = parseVersion(candidate.version);
  return way.type === "hotfix" && target !== null && sameMinor(target, current);
}
