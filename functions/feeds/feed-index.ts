import type { packages } from "../../schema/packages.ts";
import { requireReader, type Credential } from "../accounts/readers.ts";
import type { Ctx } from "../core/context.ts";
import { orderingKey, parseVersion, versionName } from "../kit/versions.ts";
import { selectAccess, type SoftwareAccess } from "../releases/access.ts";
import { floorOf } from "../updates/gates.ts";
import { createIndexes, type Known } from "../updates/known-indexes.ts";
import type { FeedRelease } from "./feed-releases.ts";
import type { FeedQuestion } from "./feed-question.ts";
import { selectFeedReleases } from "./feed-releases.sql.ts";

export type FeedIndex = Known<{
  /** The software, which decides who may see the feed. One that does not exist counts as public. */
  software: SoftwareAccess;
  /** Whether the software exists. */
  isKnown: boolean;
  /** Newest first. */
  releases: FeedRelease[];
  /** The highest gates of the software as order keys, the highest first. */
  gates: string[];
}>;

/** Indexes kept per isolate. */
const MAX_INDEXES = 500;

const keyOf = ({ software, platform, arches, channels, floor = "-" }: FeedQuestion) =>
  [software, platform, arches.join(), channels.join(), floor].map(encodeURIComponent).join("&");

const indexes = createIndexes("feed-index-1", keyOf, MAX_INDEXES, readFeedReleases);

/**
 * Finds the newest releases for a feed, in the isolate, the location's cache or the database.
 * @param credential what opens private software
 * @param current the device's own version, where the request names it. Releases that a gate closes to it are then left out
 * @throws AppError INVALID_API_KEY for whoever may not see the software
 */
export async function findFeedIndex(
  ctx: Ctx,
  question: FeedQuestion,
  credential: Credential,
  current?: string,
): Promise<FeedIndex> {
  const all = await indexes.find(ctx, question);
  await requireReader(ctx, all.software, credential);
  const version = current === undefined ? null : parseVersion(current);
  const floor = version ? floorOf(all.gates, orderingKey(version)) : undefined;
  return floor === undefined ? all : indexes.find(ctx, { ...question, floor });
}

async function readFeedReleases(ctx: Ctx, question: FeedQuestion) {
  const { access, rows } = await ctx.deps.db.readBatch((q) => ({
    access: selectAccess(q, question.software),
    rows: selectFeedReleases(q, question),
  }));
  const releases = new Map<string, FeedRelease>();
  for (const { file, sha1, sha256, sha512, ...row } of rows) {
    const release = releases.get(file.orderKey) ?? {
      version: versionName(row.version),
      orderKey: file.orderKey,
      channel: row.channel,
      releasedAt: new Date(row.createdAt).toISOString(),
      notes: row.notes,
      description: row.description,
      files: [],
    };
    releases.set(file.orderKey, release);
    release.files.push({ ...described(file), sha1, sha256, sha512 });
  }
  const [software = { slug: question.software, isPrivate: false }] = access;
  const gates = JSON.parse(rows[0]?.gates ?? "[]") as string[];
  return {
    software,
    isKnown: access.length > 0,
    releases: [...releases.values()],
    gates: gates.toSorted().toReversed(),
  };
}

/** The part of a package that feeds show. */
function described(row: typeof packages.$inferSelect) {
  const { id, type, arch, fromVersion, format, fileName, size, isCritical, signature, edSignature } = row;
  const { buildNumber, minOsVersion, installerArgs, requiresAdmin, blockMapSize } = row;
  const known = { id, type, arch, fromVersion, format, fileName, size, isCritical, signature, edSignature };
  return { ...known, buildNumber, minOsVersion, installerArgs, requiresAdmin, blockMapSize };
}
