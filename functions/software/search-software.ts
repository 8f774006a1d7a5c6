import { and, desc, eq, inArray, or, sql, type SQL } from "drizzle-orm";
import { software } from "../../schema/releases.ts";
import { limitsOf, requireScope } from "../accounts/api-keys/api-keys.ts";
import type { Ctx } from "../core/context.ts";
import { containing } from "../core/database/search.ts";
import { offsetOf, pageOf, type Page, type Paging } from "../core/http/paging.ts";
import { versionName } from "../kit/versions.ts";
import type { Visibility } from "../releases/software.ts";
import type { VersionLimit } from "../rollouts/version-limits.sql.ts";
import { publishedColumns } from "./published.sql.ts";
import { versionCount } from "./version-count.sql.ts";

export type PublishedSoftware = {
  software: string;
  akey: string;
  name: string;
  description: string;
  visibility: Visibility;
  created_at: string;
  version_count: number;
  package_count: number;
  package_bytes: number;
  /** The newest version that is out for all clients. */
  newest: NamedVersion | null;
  /** The latest version, where a rollout keeps it from some clients. */
  limited: (NamedVersion & { rollout: VersionLimit }) | null;
};

type NamedVersion = { version: string; channel: string; created_at: string };

export const softwareOrders = ["newest", "versions"] as const;

type Filter = Paging & {
  search?: string | undefined;
  visibility?: Visibility | undefined;
  order: (typeof softwareOrders)[number];
};

/**
 * A page of the software that the actor may publish, the newest or that with the most versions first; before all, what has
 * the slug that is searched for. One round trip.
 * @throws AppError INVALID_API_KEY, INSUFFICIENT_SCOPE, ACCESS_DENIED.
 */
export async function searchSoftware(ctx: Ctx, filter: Filter): Promise<Page<PublishedSoftware>> {
  requireScope(ctx.actor, "packages:write");
  const { search, visibility, order } = filter;
  const limits = limitsOf(ctx.actor);
  const isWanted = and(
    limits && inArray(software.slug, [...limits]),
    search
      ? or(containing(software.name, search), containing(software.slug, search), eq(software.akey, search))
      : undefined,
    visibility && eq(software.visibility, visibility),
  );
  const orderBy = (count: SQL) => [
    ...(search ? [desc(eq(software.slug, search.toLowerCase()))] : []),
    ...(order === "versions" ? [desc(count)] : []),
    desc(software.createdAt),
    sql`rowid DESC`,
  ];
  const { totals, rows } = await ctx.deps.db.readBatch((q) => ({
    totals: q
      .select({ total: sql<number>`count(*)` })
      .from(software)
      .where(isWanted),
    rows: q
      .select({
        slug: software.slug,
        akey: software.akey,
        name: software.name,
        description: software.description,
        visibility: software.visibility,
        createdAt: software.createdAt,
        versionCount: versionCount.as("version_count"),
        ...publishedColumns(),
      })
      .from(software)
      .where(
        // Chosen before anything is read of them: a sort would read what is published of all.
        inArray(
          software.id,
          q
            .select({ id: software.id })
            .from(software)
            .where(isWanted)
            .orderBy(...orderBy(versionCount))
            .limit(filter.page_size)
            .offset(offsetOf(filter)),
        ),
      )
      .orderBy(...orderBy(sql`version_count`)),
  }));
  const items = rows.map((row) => ({
    software: row.slug,
    akey: row.akey,
    name: row.name,
    description: row.description,
    visibility: row.visibility,
    created_at: new Date(row.createdAt).toISOString(),
    version_count: row.versionCount,
    package_count: row.packageCount,
    package_bytes: row.packageBytes,
    newest: namedOf(row.newest),
    limited: limitedOf(row.limited),
  }));
  return pageOf(items, totals[0]?.total ?? 0, filter);
}

type NamedRow = { version: string; channel: string; createdAt: number; rollout: VersionLimit | null };

function namedOf(json: string | null): NamedVersion | null {
  if (json === null) return null;
  const { version, channel, createdAt } = JSON.parse(json) as NamedRow;
  return { version: versionName(version), channel, created_at: new Date(createdAt).toISOString() };
}

function limitedOf(json: string | null): PublishedSoftware["limited"] {
  const named = namedOf(json);
  if (json === null || named === null) return null;
  const { rollout } = JSON.parse(json) as NamedRow;
  return rollout && { ...named, rollout };
}
