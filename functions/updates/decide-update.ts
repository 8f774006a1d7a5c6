import { orderingKey, parseVersion, sameMinor, type Version } from "../kit/versions.ts";
import type { PackageType } from "../releases/package-names.ts";
import { replaces } from "./planner/precedence.ts";

/** A package that may lead a client to its version. */
export type Way = {
  /** Rises with every publication. */
  id: number;
  type: PackageType;
  /**
   * The version that it applies to, in its canonical spelling. Null for a full package, and for a hotfix that applies to the
   * whole minor line.
   */
  fromVersion: string | null;
  /** Its file's extension without the dot, in lower case. */
  format: string;
  isCritical: boolean;
  description: string;
  /** Bytes. */
  size: number;
  url: string;
};

/** A published version with the ways to it, smallest first. */
export type Candidate = {
  version: string;
  orderKey: string;
  /** ISO 8601. */
  releasedAt: string;
  /** The order key of the highest critical version below this one; "" where there is none. */
  criticalBelow: string;
  ways: Way[];
};

export type Decision =
  | { update: false; latestVersion: string }
  | {
      update: true;
      latestVersion: string;
      candidate: Candidate;
      ways: Way[];
      /** The packages of the cheapest way, where the client takes several one after another. */
      chain: readonly number[];
      isCritical: boolean;
      description: string;
    };

/** The packages of a chain to a version, in their order, for clients that take chains; none where there is none. */
export type FindChain = (candidate: Candidate) => readonly number[];

/** Which package's description is the version's: a full package's comes before that of a patch or hotfix. */
const DESCRIBING: readonly PackageType[] = ["full", "patch", "hotfix"];

/**
 * The update decision: the newest version above the client's own to which the client has a way, with one way of each type.
 * A full package is a way for all, a patch for the version it starts from, a hotfix for that version or, without one, for
 * every earlier version of its major.minor line; a chain for who takes chains. Never a downgrade; a client newer than
 * everything is up to date. It is critical where one of the client's ways is, or any version that it skips.
 * @param candidates newest first; those that the client's channel offers and no gate closes to it
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
    const leading = candidate.ways.filter((way) => leads(way, candidate, current));
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
