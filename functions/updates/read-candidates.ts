import type { Ctx } from "../core/context.ts";
import { versionName } from "../kit/versions.ts";
import { selectAccess, type SoftwareAccess } from "../releases/access.ts";
import { downloadPath } from "../releases/package-names.ts";
import { collectLimits, type Limit } from "../rollouts/limits.ts";
import type { Candidate } from "./decide-update.ts";
import { selectNewestPackages, type IndexQuestion } from "./newest-packages.sql.ts";

/** All that an update decision for the devices of a target needs, however many versions there are. */
export type UpdateIndex = {
  /** The software, which decides who may see the answer. One that does not exist counts as public. */
  software: SoftwareAccess;
  candidates: Candidate[];
  /**
   * The highest gates of the software as order keys, the highest first: watersheds, and what versions name in
   * `min_update_from`.
   */
  gates: string[];
  /** The rollouts of these versions that keep them from some devices: usually none. */
  limits: Limit[];
};

/**
 * Reads every version that can be an answer for the devices of a target, newest first, with its packages; the software's
 * gates; the rollouts that keep versions from some devices; and who may see the software. One round trip.
 */
export async function readCandidates(ctx: Ctx, question: IndexQuestion): Promise<UpdateIndex> {
  const { access, rows } = await ctx.deps.db.readBatch((q) => ({
    access: selectAccess(q, question.software),
    rows: selectNewestPackages(q, question),
  }));
  const candidates = new Map<string, Candidate>();
  const { limits, placeOf } = collectLimits();
  for (const row of rows) {
    const { orderKey, criticalBelow } = row;
    const limit = placeOf(row.limit, orderKey);
    if (row.isYanked) continue;
    const version = versionName(row.version);
    const candidate = candidates.get(version) ?? {
      version,
      orderKey,
      criticalBelow,
      releasedAt: new Date(row.createdAt).toISOString(),
      ways: [],
    };
    candidates.set(version, candidate);
    const { id, type, fromVersion, format, isUniversal, isCritical, description, size } = row;
    const url = downloadPath(type, version, row.fileName);
    const way = { id, type, fromVersion, format, isUniversal, isCritical, description, size, url, limit };
    candidate.ways.push(way);
  }
  const gates = JSON.parse(rows[0]?.gates ?? "[]") as string[];
  const [software = { slug: question.software, isPrivate: false }] = access;
  return { software, candidates: [...candidates.values()], gates: gates.toSorted().toReversed(), limits };
}
