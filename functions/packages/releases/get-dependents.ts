import { and, asc, desc, eq, ne, or, sql } from "drizzle-orm";
import { packages } from "../../../schema/packages.ts";
import { software, versions } from "../../../schema/releases.ts";
import type { Ctx } from "../../core/context.ts";
import { versionName } from "../../kit/versions.ts";
import { readVersion } from "../../releases/read-version.ts";
import {
  newestByTarget,
  rolledBackAbove,
  targetsOf,
  type OfferRow,
  type RolledBackRow,
  type TargetRow,
} from "./offers.sql.ts";
import { describeOffers, type Offer } from "./offers.ts";
import { openRelease } from "./release-name.ts";

/** Packages that one answer names; more than one version has. */
const MAX_NAMED = 1000;

type Step = {
  id: number;
  version: string;
  from_version: string;
  package_type: "full" | "patch" | "hotfix";
  platform: string;
  arch: string;
  format: string;
  size: number;
};

export type Dependents = {
  /** Packages that a device can take only while it has this version. */
  patches: Step[];
  /** Ways that lead over this version: a patch to it, then a patch from it, for the same devices. */
  chains: { platform: string; arch: string; from_version: string; to_version: string }[];
  /** Versions that say that a device has to have this one first. */
  gates: { version: string; channel: string }[];
  is_watershed: boolean;
  is_latest: boolean;
  /** What clients are offered now, and without it, wherever it has a full package. */
  offers: Offer[];
};

/**
 * What other versions have of this one: what would be of no use, or out of reach, without it. One round trip.
 * @throws AppError INVALID_API_KEY, INSUFFICIENT_SCOPE, ACCESS_DENIED, INVALID_VERSION, SOFTWARE_NOT_FOUND.
 */
export async function getDependents(
  ctx: Ctx,
  path: { software: string; version: string },
): Promise<Dependents> {
  const { slug, orderKey } = await openRelease(ctx, path);
  const { canonical } = readVersion("version", path.version);
  const softwareId = sql`(SELECT ${software.id} FROM ${software} WHERE ${software.slug} = ${slug})`;
  const versionId = sql`(SELECT ${versions.id} FROM ${versions} WHERE ${versions.softwareId} = ${softwareId}
    AND ${versions.orderKey} = ${orderKey})`;
  const place = { softwareId, versionId, orderKey };
  const { own, steps, gates, ...found } = await ctx.deps.db.readBatch((q) => ({
    own: q
      .select({
        isWatershed: versions.isWatershed,
        isLatest: versions.isLatest,
        channel: versions.channel,
      })
      .from(versions)
      .where(and(eq(versions.softwareId, softwareId), eq(versions.orderKey, orderKey))),
    steps: q
      .select({ package: packages, version: versions.version })
      .from(packages)
      .innerJoin(versions, eq(versions.id, packages.versionId))
      .where(
        or(
          and(
            eq(packages.softwareId, softwareId),
            eq(packages.fromVersion, canonical),
            ne(packages.orderKey, orderKey),
          ),
          and(eq(packages.versionId, versionId), sql`${packages.fromVersion} IS NOT NULL`),
        ),
      )
      .orderBy(desc(packages.orderKey), asc(packages.id))
      .limit(MAX_NAMED),
    gates: q
      .select({ version: versions.version, channel: versions.channel })
      .from(versions)
      .where(and(eq(versions.softwareId, softwareId), eq(versions.minUpdateKey, orderKey)))
      // The plus keeps the order out of the choice of an index: that of all versions would read all of them.
      .orderBy(sql`+${versions.orderKey} DESC`)
      .limit(MAX_NAMED),
    newest: q.all<OfferRow>(newestByTarget(place)),
    targets: q.all<TargetRow>(targetsOf(place)),
    rolledBack: q.all<RolledBackRow>(rolledBackAbove(place)),
  }));
  const described = steps.map(({ package: row, version }) => ({
    id: row.id,
    version: versionName(version),
    from_version: row.fromVersion ?? "",
    package_type: row.type,
    platform: row.platform,
    arch: row.arch,
    format: row.format,
    size: row.size,
  }));
  const patches = described.filter((one) => one.from_version === canonical);
  return {
    patches,
    chains: chainsOf(
      described.filter((one) => one.from_version !== canonical),
      patches,
    ),
    gates: gates.map(({ version, channel }) => ({ version: versionName(version), channel })),
    is_watershed: own[0]?.isWatershed ?? false,
    is_latest: own[0]?.isLatest ?? false,
    offers: own[0] ? describeOffers(found, { orderKey, channel: own[0].channel }) : [],
  };
}

function chainsOf(to: Step[], from: Step[]): Dependents["chains"] {
  const chains = to.flatMap((first) =>
    from
      .filter(({ platform, arch }) => platform === first.platform && arch === first.arch)
      .map(({ platform, arch, version }) => ({
        platform,
        arch,
        from_version: first.from_version,
        to_version: version,
      })),
  );
  const distinct = new Map(chains.map((one) => [Object.values(one).join("/"), one]));
  return [...distinct.values()].slice(0, MAX_NAMED);
}
