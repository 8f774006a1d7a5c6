import type { packages } from "../../schema/packages.ts";
import { orderingKey, parseVersion } from "../kit/versions.ts";
import { isOffered } from "../rollouts/limits.ts";

type Package = typeof packages.$inferSelect;

/** The part of a package that feeds use. */
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
  /** In lower-case hex; empty until it is known. The same holds for the two below. */
  sha1: string;
  sha256: string;
  sha512: string;
  /** The place of its rollout among those of the index; undefined for what is out for all devices. */
  limit?: number | undefined;
};

/** A version with its packages for one platform, as feeds use it. */
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

/** What people are shown of a release: its notes, or its description where it has none. */
export const notesOf = ({ notes, description }: FeedRelease) => notes || description;

/** The full packages of a release for the given archs, ordered by arch and then by format, both as given. */
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

/** The releases that are out for a device, with the files that are. @param bits those of the device (rollouts/limits.ts) */
export function releasesFor(releases: readonly FeedRelease[], bits: string): FeedRelease[] {
  return releases.flatMap((release) => {
    const files = release.files.filter((file) => isOffered(file, bits));
    return files.length === 0 ? [] : [{ ...release, files }];
  });
}

/** Whether one of these packages brings something critical. */
export const isCriticalIn = (files: readonly FeedFile[]) => files.some((file) => file.isCritical);
