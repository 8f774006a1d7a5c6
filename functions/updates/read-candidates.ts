import type { Ctx } from "../core/context.ts";
import { versionName } from "../kit/versions.ts";
import { downloadPath } from "../releases/package-names.ts";
import type { Candidate } from "./decide-update.ts";
import { selectNewestPackages, type IndexQuestion } from "./newest-packages.sql.ts";

/** Everything that an update decision for the devices of a target needs, however many versions there are. */
export type UpdateIndex = {
  candidates: Candidate[];
  /** The highest gates of the software as order keys, the highest first: watersheds, and what `min_update_from` names. */
  gates: string[];
};

/**
 * Every version that can be an answer for the devices of a target, newest first, with its packages; and the software's
 * gates. One round trip.
 */
export async function readCandidates(ctx: Ctx, question: IndexQuestion): Promise<UpdateIndex> {
  const rows = await ctx.deps.db.read((q) => selectNewestPackages(q, question));
  const candidates = new Map<string, Candidate>();
  for (const row of rows) {
    const { orderKey, criticalBelow } = row;
    const version = versionName(row.version);
    const candidate = candidates.get(version) ?? {
      version,
      orderKey,
      criticalBelow,
      releasedAt: new Date(row.createdAt).toISOString(),
      ways: [],
    };
    candidates.set(version, candidate);
    const { id, type, fromVersion, format, isCritical, description, size } = row;
    const url = downloadPath(type, version, row.fileName);
    candidate.ways.push({ id, type, fromVersion, format, isCritical, description, size, url });
  }
  const gates = JSON.parse(rows[0]?.gates ?? "[]") as string[];
  return { candidates: [...candidates.values()], gates: gates.toSorted().toReversed() };
}
