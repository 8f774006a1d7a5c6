import { orderingKey, parseVersion, sameMinor, type Version } from "../kit/versions.ts";
import type { PackageType } from "../releases/package-names.ts";
import { isOffered } from "../rollouts/limits.ts";
import { isOfOwnArch, replaces } from "./planner/precedence.ts";

/** A package that can bring a client to its version. */
export type Way = {
  /** A later publication has a higher id. */
  id: number;
  type: PackageType;
  /**
   * The version to which the package applies, in its canonical spelling. Null for a full package, and for a hotfix that
   * applies to the whole minor line.
   */
  fromVersion: string | null;
  /** Extension of its file without the dot, in lower case. */
  format: string;
  isUniversal: boolean;
  isCritical: boolean;
  description: string;
  /** Bytes. */
  size: number;
  url: string;
  /** The place of its rollout among those of the index; undefined for what is out for all devices. */
  limit?: number | undefined;
};

/** A published version with the packages that lead to it, smallest first. */
export type Candidate = {
  version: string;
  orderKey: string;
  /** ISO 8601. */
  releasedAt: string;
  /** The order key of the highest critical version below this one; "" where there is none. */
  criticalBelow: string;
  ways: Way[];
};

/** The versions that are out for a device, with the packages that are. @param bits those of the device (rollouts/limits.ts) */
export function outFor(candidates: readonly Candidate[], bits: string): Candidate[] {
  return candidates.flatMap((candidate) => {
    const ways = candidate.ways.filter((way) => isOffered(way, bits));
    return ways.length === 0 ? [] : [{ ...candidate, ways }];
  });
}

export type Decision =
  | { update: false; latestVersion: string }
  | {
      update: true;
      latestVersion: string;
      candidate: Candidate;
      ways: Way[];
      /** For a client that takes several packages one after another: those of the cheapest way. Else empty. */
      chain: readonly number[];
      isCritical: boolean;
      description: string;
    };

/**
 * Finds the packages of a chain to a version, in their order. Returns none where there is no chain, or where the client
 * does not take chains.
 */
export type FindChain = (candidate: Candidate) => readonly number[];

/** The description of a version is that of its full package, else of its patch, else of its hotfix. */
const DESCRIBING: readonly PackageType[] = ["full", "patch", "hotfix"];

/**
 * Decides which update a client is offered: the newest version above its own to which it has a way, with one way of each
 * type. Every client has a full package as a way. A patch is one for the version at which it starts. A hotfix is one for
 * that version or, if it names none, for every earlier version of its major.minor line. A chain is one for clients that
 * take chains. Nobody is offered a lower version: a client that is newer than everything is up to date. The update is
 * critical where one of the client's ways is, or any version that the client skips.
 * @param candidates newest first; only those that the client's channel offers, that are out for it, and that no gate closes
 */
export function decideUpdate(
  candidates: readonly Candidate[],
  current: Version,
  findChain: FindChain = () => [],
): Decision {
  const currentKey = orderingKey(current);
  for (const candidate of candidates) {
    const latestVersion = candidate.version;
    if (candidate.orderKey <= currentKey) return { update: false, latestVersion };
    const fitting = candidate.ways.filter((way) => leads(way, candidate, current));
    const leading = fitting.filter((way) => !fitting.some((other) => isOfOwnArch(other, way)));
    const chain = findChain(candidate);
    if (leading.length === 0 && chain.length === 0) continue;
    const ways = leading.filter((way) => !leading.some((other) => replaces(other, way)));
    const last = candidate.ways.filter((way) => way.id === chain.at(-1));
    const taken = [...leading, ...last];
    const isCritical = taken.some((way) => way.isCritical) || candidate.criticalBelow > currentKey;
    const description = describe(ways.length === 0 ? last : ways);
    return { update: true, latestVersion, candidate, ways, chain, isCritical, description };
  }
  return { update: false, latestVersion: current.name };
}

/**
 * The full package that brings a device back from a version that was rolled back: of the newest lower version that has one.
 * @param candidates as for `decideUpdate`
 */
export function decideRollback(
  candidates: readonly Candidate[],
  current: Version,
): { candidate: Candidate; way: Way } | undefined {
  const currentKey = orderingKey(current);
  for (const candidate of candidates) {
    if (candidate.orderKey >= currentKey) continue;
    const full = candidate.ways.filter(({ type }) => type === "full");
    const way = full.find((one) => !full.some((other) => replaces(other, one)));
    if (way) return { candidate, way };
  }
  return undefined;
}

function leads(way: Way, candidate: Candidate, current: Version): boolean {
  if (way.type === "full") return true;
  if (way.fromVersion !== null) return way.fromVersion === current.canonical;
  const target = parseVersion(candidate.version);
  return way.type === "hotfix" && target !== null && sameMinor(target, current);
}

function describe(ways: readonly Way[]): string {
  const texts = DESCRIBING.map((type) => ways.find((way) => way.type === type)?.description ?? "");
  return texts.find((text) => text !== "") ?? "";
}
