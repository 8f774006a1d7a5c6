import type { FeedFile, FeedRelease } from "../../functions/feeds/feed-releases.ts";
import { orderingKey, parseVersion } from "../../functions/kit/versions.ts";

/** A package as feeds know it: a full one for x64, all of whose sums are known. */
export function feedFile(more: Partial<FeedFile> & Pick<FeedFile, "format" | "fileName">): FeedFile {
  return {
    id: 1,
    type: "full",
    arch: "x64",
    fromVersion: null,
    size: 1000,
    isCritical: false,
    signature: null,
    edSignature: null,
    buildNumber: null,
    minOsVersion: null,
    installerArgs: null,
    requiresAdmin: false,
    blockMapSize: null,
    sha1: "1a".repeat(20),
    sha256: "2b".repeat(32),
    sha512: "5c".repeat(64),
    ...more,
  };
}

/** A release as feeds know it, without notes. */
export function feedRelease(version: string, files: FeedFile[]): FeedRelease {
  const parsed = parseVersion(version);
  const orderKey = parsed ? orderingKey(parsed) : version;
  const releasedAt = "2026-01-01T00:00:00.000Z";
  return { version, orderKey, channel: "stable", releasedAt, notes: "", description: "", files };
}
