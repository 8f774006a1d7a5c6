import type { packages } from "../../schema/packages.ts";
import { orderingKey, parseVersion } from "../kit/versions.ts";

type Package = typeof packages.$inferSelect;

/** A package as feeds know it. */
export type FeedFile = Pick<
  Package,
  | "id"
  | "type"
  | "arch"
  | "fromVersion"
  | "format"
  | "fileName"
  | "size"
  | "isCritical"
  | "signature"
  | "edSignature"
  | "buildNumber"
  | "minOsVersion"
  | "installerArgs"
  | "requiresAdmin"
  | "blockMapSize"
> & {
  /** Lower-case hex; empty while it is not known. */
  sha1: string;
  sha256: string;
  sha512: string;
};

/** A version as feeds know it, with its packages for one platform. */
export type FeedRelease = {
  version: string;
  /** Sorts as versions do. */
  orderKey: string;
  channel: string;
  /** ISO 8601. */
  releasedAt: string;
  /** Markdown. */
  notes: string;
  description: string;
  files: FeedFile[];
};

/** What people read of a release: its notes, else its description. */
export const notesOf = ({ notes, description }: FeedRelease) => notes || description;

/** The full packages of a release for one of these archs, those of the first arch first, then by the order of formats. */
export function filesFor(
  release: FeedRelease,
  arches: readonly FeedFile["arch"][],
  formats: readonly string[],
): FeedFile[] {
  return release.files
    .filter(({ type, arch, format }) => type === "full" && arches.includes(arch) && formats.includes(format))
    .toSorted(
      (a, b) =>
        arches.indexOf(a.arch) - arches.indexOf(b.arch) ||
        formats.indexOf(a.format) - formats.indexOf(b.format),
    );
}

/** The releases above a version, newest first; none where the version cannot be read. */
export function newerThan(releases: readonly FeedRelease[], current: string): FeedRelease[] {
  const version = parseVersion(current);
  if (!version) return [];
  const key = orderingKey(version);
  return releases.filter(({ orderKey }) => orderKey > key);
}

/** Whether a release has something critical for those below it, as far as one of these packages brings it. */
export const isCriticalIn = (files: readonly FeedFile[]) => files.some((file) => file.isCritical);
