import { eq, sql } from "drizzle-orm";
import { plugins, pluginVersions } from "../../schema/plugins.ts";
import { blobs } from "../../schema/uploads.ts";
import type { Ctx } from "../core/context.ts";
import { readPages, type RowSource } from "../core/database/row-pages.ts";
import {
  pluginColumns,
  pluginSummary,
  versionColumns,
  versionSummary,
  type PluginSummary,
  type VersionSummary,
} from "./summaries.ts";

const allPlugins: RowSource<typeof pluginColumns> = {
  columns: pluginColumns,
  from: sql`${plugins} INNER JOIN ${pluginVersions} ON ${eq(pluginVersions.id, plugins.currentVersionId)}`,
  where: sql`true`,
  key: plugins.name,
};

/** All plugins by name, including disabled and deprecated ones, however long their publishers' texts are. */
export async function* readPluginPages(ctx: Ctx): AsyncGenerator<PluginSummary[], void> {
  for await (const page of readPages(ctx.deps.db, allPlugins)) yield page.map(pluginSummary);
}

/** A plugin's versions, the highest first. */
export function versionsOf(name: string): RowSource<typeof versionColumns> {
  return {
    columns: versionColumns,
    from: sql`${pluginVersions} INNER JOIN ${blobs} ON ${eq(blobs.id, pluginVersions.blobId)}`,
    where: eq(pluginVersions.pluginName, name),
    key: pluginVersions.orderKey,
    descending: true,
  };
}

/** The same in the form in which they are answered. @param first the first page, where it was read with something else */
export async function* readVersionPages(
  ctx: Ctx,
  name: string,
  first?: Parameters<typeof readPages>[2],
): AsyncGenerator<VersionSummary[], void> {
  for await (const page of readPages(ctx.deps.db, versionsOf(name), first)) yield page.map(versionSummary);
}
