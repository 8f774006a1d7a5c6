import type { FeedFile, FeedRelease } from "../../functions/feeds/feed-releases.ts";
import { orderingKey, parseVersion } from "../../functions/kit/versions.ts";

/** A file of a release; what is not named is that of an unsigned full package for x64. */
export const file = (more: Partial<FeedFile> & { format: string }): FeedFile => ({
  id: 1,
  type: "full",
  arch: "x64",
  fromVersion: null,
  fileName: `app.${more.format}`,
  size: 1000,
  isCritical: false,
  signature: null,
  edSignature: null,
  buildNumber: null,
  minOsVersion: null,
  installerArgs: null,
  requiresAdmin: false,
  blockMapSize: null,
  sha1: "a1".repeat(20),
  sha256: "b2".repeat(32),
  sha512: "c3".repeat(64),
  ...more,
});

export function release(version: string, files: FeedFile[], more: Partial<FeedRelease> = {}): FeedRelease {
  const parsed = parseVersion(version);
  if (!parsed) throw new Error(`${version} is no version`);
  return {
    version,
    orderKey: orderingKey(parsed),
    channel: "stable",
    releasedAt: "2026-11-05T07:08:09.123Z",
    notes: "",
    description: "",
    files,
    ...more,
  };
}

export const urlOf = (fileName: string) => `https://updates.test/${fileName}`;
