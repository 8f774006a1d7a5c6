import { and, eq, ne } from "drizzle-orm";
import { plugins, pluginVersions } from "../../schema/plugins.ts";
import { audited } from "../core/audit.ts";
import { requireAdmin } from "../accounts/sign-in/sessions.ts";
import type { Ctx } from "../core/context.ts";
import { AppError } from "../core/errors.ts";
import { selectPage } from "../core/database/row-pages.ts";
import { pluginDownloads } from "./downloads.ts";
import { readVersionPages, versionsOf } from "./plugin-pages.ts";
import { pluginSummary, selectPlugins, type PluginSummary, type VersionSummary } from "./summaries.ts";

/** A plugin and its versions, the highest first, in pages. @throws AppError PLUGIN_NOT_FOUND. */
export async function findPlugin(
  ctx: Ctx,
  name: string,
): Promise<{ plugin: PluginSummary; versions: AsyncGenerator<VersionSummary[], void> }> {
  const { found, first } = await ctx.deps.db.readBatch((q) => ({
    found: selectPlugins(q).where(eq(plugins.name, name)),
    first: selectPage(q, versionsOf(name)),
  }));
  const [plugin] = found;
  if (!plugin) throw new AppError("PLUGIN_NOT_FOUND");
  return { plugin: pluginSummary(plugin), versions: readVersionPages(ctx, name, first) };
}

/** The plugin of which an upload published a version, or null where it was deleted since. */
export async function findUploadedPlugin(ctx: Ctx, uploadId: string): Promise<PluginSummary | null> {
  const [row] = await ctx.deps.db.read((q) =>
    selectPlugins(q).where(
      eq(
        plugins.name,
        q
          .select({ name: pluginVersions.pluginName })
          .from(pluginVersions)
          .where(eq(pluginVersions.uploadId, uploadId)),
      ),
    ),
  );
  return row ? pluginSummary(row) : null;
}

/** Lets a plugin be downloaded. @throws AppError PLUGIN_NOT_FOUND. */
export function enablePlugin(ctx: Ctx, name: string): Promise<PluginSummary> {
  return changePlugin(ctx, name, "plugin.enable", "isEnabled", true);
}

/** Stops downloads of a plugin. @throws AppError PLUGIN_NOT_FOUND. */
export function disablePlugin(ctx: Ctx, name: string): Promise<PluginSummary> {
  return changePlugin(ctx, name, "plugin.disable", "isEnabled", false);
}

/** Marks a plugin as deprecated; it can still be downloaded. @throws AppError PLUGIN_NOT_FOUND. */
export function deprecatePlugin(ctx: Ctx, name: string): Promise<PluginSummary> {
  return changePlugin(ctx, name, "plugin.deprecate", "isDeprecated", true);
}

/** Deletes a plugin with its versions; garbage collection deletes their objects later. @throws AppError PLUGIN_NOT_FOUND. */
export async function deletePlugin(ctx: Ctx, name: string): Promise<void> {
  requireAdmin(ctx);
  const { deleted } = await ctx.deps.db.write((q) => {
    const change = q.delete(plugins).where(eq(plugins.name, name)).returning({ name: plugins.name });
    return { deleted: audited(ctx, q, change, { action: "plugin.delete", target: name }) };
  });
  if (deleted.change.length === 0) throw new AppError("PLUGIN_NOT_FOUND");
  pluginDownloads.forget(ctx);
}

/** A row that has the value already is not changed, so that no audit row is written. */
async function changePlugin(
  ctx: Ctx,
  name: string,
  action: string,
  column: "isEnabled" | "isDeprecated",
  value: boolean,
): Promise<PluginSummary> {
  requireAdmin(ctx);
  const { found } = await ctx.deps.db.write((q) => {
    const change = q
      .update(plugins)
      .set({ [column]: value, updatedAt: ctx.deps.clock() })
      .where(and(eq(plugins.name, name), ne(plugins[column], value)));
    return {
      changed: audited(ctx, q, change, { action, target: name }),
      found: selectPlugins(q).where(eq(plugins.name, name)),
    };
  });
  const [plugin] = found;
  if (!plugin) throw new AppError("PLUGIN_NOT_FOUND");
  pluginDownloads.forget(ctx);
  return pluginSummary(plugin);
}
