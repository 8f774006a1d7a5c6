import type { Ctx } from "../core/context.ts";
import { versionName } from "../kit/versions.ts";
import { downloadPath } from "../releases/package-names.ts";
import type { Candidate } from "./decide-update.ts";
import { selectNewestPackages, type Target } from "./newest-packages.sql.ts";

/** Every version that can be an answer for a target, newest first, with its packages. One round trip. */
export async function readCandidates(ctx: Ctx, target: Target): Promise<Candidate[]> {
  const rows = await ctx.deps.db.read((q) => selectNewestPackages(q, target));
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
  return [...candidates.values()];
}
