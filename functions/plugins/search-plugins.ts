import { and, asc, count, eq, sql, type SQL } from "drizzle-orm";
import { plugins, pluginVersions } from "../../schema/plugins.ts";
import type { Ctx } from "../core/context.ts";
import { containing } from "../core/database/search.ts";
import { offsetOf, pageOf, type Page, type Paging } from "../core/http/paging.ts";
import { pluginSummary, selectPlugins, type PluginSummary } from "./summaries.ts";

export const pluginStates = ["enabled", "disabled", "deprecated"] as const;

type Filter = {
  search?: string | undefined;
  state?: (typeof pluginStates)[number] | undefined;
  /** The name of a plugin on which their current versions depend. */
  depends_on?: string | undefined;
};

/** A page of the plugins that a filter leaves, by name. */
export async function searchPlugins(ctx: Ctx, filter: Filter & Paging): Promise<Page<PluginSummary>> {
  const isFound = and(
    filter.search === undefined ? undefined : saysAnywhere(filter.search),
    filter.state === undefined ? undefined : isIn[filter.state],
    filter.depends_on === undefined ? undefined : dependsOn(filter.depends_on),
  );
  const { rows, totals } = await ctx.deps.db.readBatch((q) => ({
    rows: selectPlugins(q)
      .where(isFound)
      .orderBy(asc(plugins.name))
      .limit(filter.page_size)
      .offset(offsetOf(filter)),
    totals: q
      .select({ total: count() })
      .from(plugins)
      .innerJoin(pluginVersions, eq(pluginVersions.id, plugins.currentVersionId))
      .where(isFound),
  }));
  return pageOf(rows.map(pluginSummary), totals[0]?.total ?? 0, filter);
}

const isIn: Record<(typeof pluginStates)[number], SQL | undefined> = {
  enabled: and(eq(plugins.isEnabled, true), eq(plugins.isDeprecated, false)),
  disabled: eq(plugins.isEnabled, false),
  deprecated: eq(plugins.isDeprecated, true),
};

const saysAnywhere = (text: string): SQL =>
  sql`(${containing(plugins.name, text)} OR ${containing(pluginVersions.displayName, text)} OR ${containing(pluginVersions.author, text)})`;

const dependsOn = (name: string): SQL =>
  sql`EXISTS (SELECT 1 FROM json_each(${pluginVersions.dependencies}) WHERE key = ${name} COLLATE NOCASE)`;
