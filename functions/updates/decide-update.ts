import { orderingKey, parseVersion, sameMinor, type Version } from "../kit/versions.ts";
import type { PackageType } from "../releases/package-names.ts";

/** A package that may lead a client to its version. */
export type Way = {
  /** Rises with every publication. */
  id: number;
  type: PackageType;
  /** The version it applies to, in its canonical spelling; null for a full package, and for a hotfix that fits the whole minor line. */
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
      isCritical: boolean;
      description: string;
    };

/** Of several formats of one package a client that asks for none is given the first of these, others after them. */
const FORMATS = "zip 7z tar.gz tgz exe msi msix dmg pkg deb rpm appimage nupkg apk".split(" ");

/** Whose description is the version's: all of it before a part of it. */
const DESCRIBING: readonly PackageType[] = ["full", "patch", "hotfix"];

/**
 * The update decision: the newest version above the client's own to which the client has a way, with one way of each type.
 * A full package is a way for all, a patch for the version it starts from, a hotfix for that version or, without one, for
 * every earlier version of its major.minor line. Never a downgrade; a client newer than everything is up to date.
 * It is critical where one of the client's ways is, or any version that it skips.
 * @param candidates newest first; those the client's channel offers
 */
export function decideUpdate(candidates: readonly Candidate[], current: Version): Decision {
  const currentKey = orderingKey(current);
  for (const candidate of candidates) {
    const latestVersion = candidate.version;
    if (candidate.orderKey <= currentKey) return { update: false, latestVersion };
    const leading = candidate.ways.filter((way) => leads(way, candidate, current));
    if (leading.length === 0) continue;
    const ways = leading.filter((way) => !leading.some((other) => replaces(other, way)));
    const isCritical = leading.some((way) => way.isCritical) || candidate.criticalBelow > currentKey;
    return { update: true, latestVersion, candidate, ways, isCritical, description: describe(ways) };
  }
  return { update: false, latestVersion: current.name };
}

function leads(way: Way, candidate: Candidate, current: Version): boolean {
  if (way.type === "full") return true;
  if (way.fromVersion !== null) return way.fromVersion === current.canonical;
  const target = parseVersion(candidate.version);
  return way.type === "hotfix" && target !== null && sameMinor(target, current);
}

/** Of one type the first format counts, and of one format the newest package: only hotfixes come several times. */
function replaces(other: Way, way: Way): boolean {
  if (other.type !== way.type || other === way) return false;
  if (other.format === way.format) return other.id > way.id;
  const [place, itsPlace] = [placeOf(other.format), placeOf(way.format)];
  return place < itsPlace || (place === itsPlace && other.format < way.format);
}

function placeOf(format: string): number {
  const place = FORMATS.indexOf(format);
  return place === -1 ? FORMATS.length : place;
}

function describe(ways: readonly Way[]): string {
  const texts = DESCRIBING.map((type) => ways.find((way) => way.type === type)?.description ?? "");
  return texts.find((text) => text !== "") ?? "";
}
