import { and, eq, gt, sql } from "drizzle-orm";
import { software } from "../../../schema/releases.ts";
import { adoption } from "../../../schema/rollouts/statistics.ts";
import type { Ctx } from "../../core/context.ts";
import { AppError } from "../../core/errors.ts";
import { versionName } from "../../kit/versions.ts";
import { softwareBySlug } from "../../releases/software.ts";
import { dayOf } from "./days.ts";
import { openStatistics } from "./open-statistics.ts";

type Parts = Record<string, number>;

/** The devices of one version, and how many of them there are of each kind. */
type VersionShare = {
  version: string;
  devices: number;
  /** Of all devices, in percent. */
  percent: number;
  platforms: Parts;
  arches: Parts;
  channels: Parts;
};

/**
 * The devices of a software that were seen in the last days, by the version that each was seen with last; the version with
 * most devices first. One round trip, from sums.
 * @param input `software`: slug or akey; `days`: today included
 * @throws AppError SOFTWARE_NOT_FOUND, INVALID_API_KEY, INSUFFICIENT_SCOPE
 */
export async function getAdoption(ctx: Ctx, input: { software: string; days: number }) {
  const slug = await openStatistics(ctx, input.software);
  const since = dayOf(ctx.deps.clock()) - input.days;
  const { version, channel, platform, arch } = adoption;
  const { known, rows } = await ctx.deps.db.readBatch((q) => ({
    known: q.select({ id: software.id }).from(software).where(eq(software.slug, slug)),
    rows: q
      .select({ version, channel, platform, arch, devices: sql<number>`sum(${adoption.devices})` })
      .from(adoption)
      .where(and(eq(adoption.softwareId, softwareBySlug(slug)), gt(adoption.day, since)))
      .groupBy(version, channel, platform, arch),
  }));
  if (known.length === 0) throw new AppError("SOFTWARE_NOT_FOUND");
  const total = rows.reduce((sum, row) => sum + row.devices, 0);
  const byVersion = Map.groupBy(rows, (row) => row.version);
  const versions = Array.from(byVersion, ([name, shares]) => shareOf(versionName(name), shares, total));
  return {
    software: slug,
    days: input.days,
    devices: total,
    versions: versions.toSorted((a, b) => b.devices - a.devices),
  };
}

type Row = { channel: string; platform: string; arch: string; devices: number };

function shareOf(version: string, rows: readonly Row[], total: number): VersionShare {
  const devices = rows.reduce((sum, row) => sum + row.devices, 0);
  const parts = (of: (row: Row) => string): Parts => {
    const sums: Parts = {};
    for (const row of rows) sums[of(row)] = (sums[of(row)] ?? 0) + row.devices;
    return sums;
  };
  return {
    version,
    devices,
    percent: Math.round((devices * 10_000) / total) / 100,
    platforms: parts((row) => row.platform),
    arches: parts((row) => row.arch),
    channels: parts((row) => row.channel),
  };
}
