import type { packages } from "../../schema/packages.ts";
import { requireReader, type Credential } from "../accounts/readers.ts";
import type { Ctx } from "../core/context.ts";
import { orderingKey, parseVersion, versionName, type Version } from "../kit/versions.ts";
import { selectAccess, type SoftwareAccess } from "../releases/access.ts";
import { collectLimits, type Limit } from "../rollouts/limits.ts";
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
  /** The rollouts of these releases that keep them from some devices: usually none. */
  limits: Limit[];
}>;

/** Indexes kept per isolate. */
const MAX_INDEXES = 500;

const keyOf = ({ software, platform, arches, channels, floor = "-" }: FeedQuestion) =>
  [software, platform, arches.join(), channels.join(), floor].map(encodeURIComponent).join("&");

const indexes = createIndexes("feed-index-2", keyOf, MAX_INDEXES, readFeedReleases);

/** The version that a device says it has, where its request does. */
export type ToldVersion = {
  /** In the address, by which caches tell answers apart. */
  inUrl?: string | undefined;
  /** In a header, which is only read where rollouts decide: nothing else is kept from shared caches. */
  inHeader?: string | undefined;
};

/**
 * Finds the newest releases for a feed, in the isolate, the location's cache or the database.
 * @param credential what opens private software
 * @param told the device's own version. Releases that a gate closes to it are left out
 * @returns the index; that version; and whether rollouts decide what is answered to this question
 * @throws AppError INVALID_API_KEY for whoever may not see the software
 */
export async function findFeedIndex(
  ctx: Ctx,
  question: FeedQuestion,
  credential: Credential,
  { inUrl, inHeader }: ToldVersion = {},
): Promise<{ index: FeedIndex; current: Version | null; isLimited: boolean }> {
  const all = await indexes.find(ctx, question);
  await requireReader(ctx, all.software, credential);
  const isLimited = all.limits.length > 0;
  const text = inUrl ?? (isLimited ? inHeader : undefined);
  const current = text === undefined ? null : parseVersion(text);
  const floor = current ? floorOf(all.gates, orderingKey(current)) : undefined;
  const index = floor === undefined ? all : await indexes.find(ctx, { ...question, floor });
  return { index, current, isLimited: isLimited || index.limits.length > 0 };
}

async function readFeedReleases(ctx: Ctx, question: FeedQuestion) {
  const { access, rows } = await ctx.deps.db.readBatch((q) => ({
    access: selectAccess(q, question.software),
    rows: selectFeedReleases(q, question),
  }));
  const releases = new Map<string, FeedRelease>();
  const { limits, placeOf } = collectLimits();
  for (const { file, sha1, sha256, sha512, ...row } of rows) {
    const limit = placeOf(row.limit, file.orderKey);
    if (file.yankedAt !== null) continue;
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
    release.files.push({ ...described(file), sha1, sha256, sha512, limit });
  }
  const [software = { slug: question.software, isPrivate: false }] = access;
  const gates = JSON.parse(rows[0]?.gates ?? "[]") as string[];
  return {
    software,
    isKnown: access.length > 0,
    releases: [...releases.values()],
    gates: gates.toSorted().toReversed(),
    limits,
  };
}

/** The part of a package that feeds show. */
function described(row: typeof packages.$inferSelect) {
  const { id, type, arch, fromVersion, format, fileName, size, isCritical, signature, edSignature } = row;
  const { buildNumber, minOsVersion, installerArgs, requiresAdmin, blockMapSize } = row;
  const known = { id, type, arch, fromVersion, format, fileName, size, isCritical, signature, edSignature };
  return { ...known, buildNumber, minOsVersion, installerArgs, requiresAdmin, blockMapSize };
}
