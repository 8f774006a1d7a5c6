import { and, eq, sql } from "drizzle-orm";
import { plugins, pluginVersions } from "../../../schema/plugins.ts";
import { audited } from "../../core/audit.ts";
import { requireAdmin } from "../../accounts/sign-in/sessions.ts";
import type { Ctx } from "../../core/context.ts";
import type { Answers } from "../../core/database/batch.ts";
import type { Query } from "../../core/database/database.ts";
import { AppError } from "../../core/errors.ts";
import { pluginDownloads } from "../downloads.ts";
import { orderKeyOf } from "../plugin-keys.ts";
import { readVersionPages } from "../plugin-pages.ts";
import { selectVersions, versionSummary, type VersionSummary } from "../summaries.ts";

export type VersionPath = { name: string; version: string };

/** A plugin's versions, the highest first, in pages. @throws AppError PLUGIN_NOT_FOUND as the first is asked for. */
export async function* listVersions(ctx: Ctx, name: string): AsyncGenerator<VersionSummary[], void> {
  for await (const page of readVersionPages(ctx, name)) {
    // A plugin has at least the version that made it.
    if (page.length === 0) throw new AppError("PLUGIN_NOT_FOUND");
    yield page;
  }
}

/** One version of a plugin. @throws AppError PLUGIN_NOT_FOUND, PLUGIN_VERSION_NOT_FOUND. */
export async function findVersion(ctx: Ctx, path: VersionPath): Promise<VersionSummary> {
  return versionOf(await ctx.deps.db.readBatch((q) => selectVersion(q, path)));
}

/**
 * Marks a version as deprecated. Where there is a better version, that one becomes the current one.
 * @throws AppError PLUGIN_NOT_FOUND, PLUGIN_VERSION_NOT_FOUND.
 */
export async function deprecateVersion(ctx: Ctx, path: VersionPath): Promise<VersionSummary> {
  requireAdmin(ctx);
  const { name, version } = path;
  const entry = { action: "plugin.version.deprecate", target: name, detail: { version } };
  const { found } = await ctx.deps.db.write((q) => {
    const change = q
      .update(pluginVersions)
      .set({ isDeprecated: true })
      .where(and(isVersion(path), eq(pluginVersions.isDeprecated, false)));
    return {
      deprecated: audited(ctx, q, change, entry),
      // Stands directly after the change's audit row, and is written only where that row was, so only where the version
      // changed.
      dated: q
        .update(plugins)
        .set({ updatedAt: ctx.deps.clock() })
        .where(and(eq(plugins.name, name), sql`changes() > 0`)),
      found: selectVersion(q, path),
    };
  });
  const summary = versionOf(found);
  pluginDownloads.forget(ctx);
  return summary;
}

/** A version and its plugin, for `versionOf`. */
const selectVersion = (query: Query, path: VersionPath) => ({
  plugin: query.select({ name: plugins.name }).from(plugins).where(eq(plugins.name, path.name)),
  version: selectVersions(query).where(isVersion(path)),
});

function versionOf({
  plugin,
  version: [version],
}: Answers<ReturnType<typeof selectVersion>>): VersionSummary {
  if (plugin.length === 0) throw new AppError("PLUGIN_NOT_FOUND");
  if (!version) throw new AppError("PLUGIN_VERSION_NOT_FOUND");
  return versionSummary(version);
}

/** A text that is not a version has no ordering key, and so matches no row. */
const isVersion = ({ name, version }: VersionPath) =>
  and(eq(pluginVersions.pluginName, name), eq(pluginVersions.orderKey, orderKeyOf(version) ?? ""));
