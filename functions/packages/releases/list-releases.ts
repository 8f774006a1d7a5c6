import { and, desc, eq, inArray, sql } from "drizzle-orm";
import { software, versions } from "../../../schema/releases.ts";
import { requireScope } from "../../accounts/api-keys/api-keys.ts";
import type { Ctx } from "../../core/context.ts";
import { containing } from "../../core/database/search.ts";
import { offsetOf, pageOf, type Page, type Paging } from "../../core/http/paging.ts";
import { versionName } from "../../kit/versions.ts";
import {
  limitOfVersion,
  newestOut,
  readLimit,
  type VersionLimit,
} from "../../rollouts/version-limits.sql.ts";
import { slugOf } from "../../releases/access.ts";
import {
  draftsOf,
  hasPackage,
  packagesOfVersion,
  type DraftRow,
  type PackageFilter,
  type PackageRow,
} from "./list-releases.sql.ts";

export type ListedRelease = {
  version: string;
  vkey: string;
  channel: string;
  is_latest: boolean;
  /** Whether it is the newest that is out for all clients. */
  is_newest: boolean;
  /** What keeps it from some clients. */
  rollout: VersionLimit | null;
  is_critical: boolean;
  is_watershed: boolean;
  min_update_from: string | null;
  created_at: string;
  /** `partly` where some packages are withdrawn, `empty` where it has none. */
  state: "published" | "partly" | "yanked" | "empty";
  size: number;
  download_count: number;
  companion_count: number;
  packages: { package_type: PackageRow[0]; platform: string; arch: string; format: string; count: number }[];
};

export type ReleaseDraft = {
  version: string;
  files: number;
  size: number;
  /** Files that are still being sent or verified. */
  unfinished: number;
  expires_at: string;
};

type Filter = Paging &
  PackageFilter & {
    software: string;
    search?: string | undefined;
    channel?: string | undefined;
    state?: "offered" | "yanked" | undefined;
  };

/**
 * A page of the versions of software, the highest first, before which stands the version that is searched for; and all
 * drafts that wait to be published. One round trip, and another for an akey.
 * @throws AppError INVALID_API_KEY, INSUFFICIENT_SCOPE, ACCESS_DENIED, SOFTWARE_NOT_FOUND for an akey of none
 */
export async function listReleases(
  ctx: Ctx,
  filter: Filter,
): Promise<Page<ListedRelease> & { software: string; drafts: ReleaseDraft[] }> {
  requireScope(ctx.actor, "packages:write");
  const slug = await slugOf(ctx, filter.software.toLowerCase());
  requireScope(ctx.actor, "packages:write", slug);
  const softwareId = sql`(SELECT ${software.id} FROM ${software} WHERE ${software.slug} = ${slug})`;
  const isWanted = and(
    eq(versions.softwareId, softwareId),
    filter.search ? containing(versions.version, filter.search) : undefined,
    filter.channel ? eq(versions.channel, filter.channel) : undefined,
    filter.state ? eq(versions.isWithdrawn, filter.state === "yanked") : undefined,
    hasPackage(filter),
  );
  const search = filter.search?.toLowerCase();
  const named = search ? [desc(inArray(sql`lower(${versions.version})`, [search, `v${search}`]))] : [];
  const order = [...named, desc(versions.orderKey), desc(versions.createdAt)];
  const { totals, rows, drafts } = await ctx.deps.db.readBatch((q) => ({
    totals: q
      .select({ total: sql<number>`count(*)` })
      .from(versions)
      .where(isWanted),
    rows: q
      .select({
        version: versions,
        packages: packagesOfVersion,
        limit: limitOfVersion,
        newest: newestOut(softwareId),
      })
      .from(versions)
      .where(
        // Chosen before their packages are read: a sort would read those of all.
        inArray(
          versions.id,
          q
            .select({ id: versions.id })
            .from(versions)
            .where(isWanted)
            .orderBy(...order)
            .limit(filter.page_size)
            .offset(offsetOf(filter)),
        ),
      )
      .orderBy(...order),
    drafts: q.all<DraftRow>(draftsOf(slug)),
  }));
  const items = rows.map(describe);
  return {
    ...pageOf(items, totals[0]?.total ?? 0, filter),
    software: slug,
    drafts: drafts.map(({ version, files, bytes, unfinished, expires_at }) => ({
      version,
      files,
      size: bytes,
      unfinished,
      expires_at: new Date(expires_at).toISOString(),
    })),
  };
}

type Row = {
  version: typeof versions.$inferSelect;
  packages: string;
  limit: string | null;
  newest: string | null;
};

function describe({ version: row, packages: json, limit, newest }: Row): ListedRelease {
  const packages = JSON.parse(json) as PackageRow[];
  const sum = (value: (one: PackageRow) => number) => packages.reduce((total, one) => total + value(one), 0);
  return {
    version: versionName(row.version),
    vkey: row.vkey,
    channel: row.channel,
    is_latest: row.isLatest,
    is_newest: row.id === newest,
    rollout: readLimit(limit),
    is_critical: row.isCritical,
    is_watershed: row.isWatershed,
    min_update_from: row.minUpdateFrom,
    created_at: new Date(row.createdAt).toISOString(),
    state: stateOf(
      packages.length,
      sum(([, , , , , , yanked]) => yanked),
    ),
    size: sum(([, , , , size]) => size),
    download_count: sum(([, , , , , downloads]) => downloads),
    companion_count: sum(([, , , , , , , companions]) => companions),
    packages: targetsOf(packages),
  };
}

function stateOf(count: number, yanked: number): ListedRelease["state"] {
  if (count === 0) return "empty";
  if (yanked === 0) return "published";
  return yanked === count ? "yanked" : "partly";
}

/** What there is of each type, platform, arch and format: there may be several patches of one. */
function targetsOf(packages: PackageRow[]): ListedRelease["packages"] {
  const targets = new Map<string, ListedRelease["packages"][number]>();
  for (const [package_type, platform, arch, format] of packages) {
    const key = [package_type, platform, arch, format].join("/");
    const known = targets.get(key);
    if (known) known.count += 1;
    else targets.set(key, { package_type, platform, arch, format, count: 1 });
  }
  return [...targets.values()];
}
