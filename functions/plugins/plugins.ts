import { and, eq, ne } from "drizzle-orm";
import { audit } from "../../schema/core.ts";
import { plugins, pluginVersions } from "../../schema/plugins.ts";
import { auditChange } from "../core/audit.ts";
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
  const [[plugin], first] = await ctx.deps.db.read((q) =>
    q.batch([selectPlugins(q).where(eq(plugins.name, name)), selectPage(q, versionsOf(name))]),
  );
  if (!plugin) throw new AppError("PLUGIN_NOT_FOUND");
  return { plugin: pluginSummary(plugin), versions: readVersionPages(ctx, name, first) };
}

/** The plugin that an upload published a version of, or null when it is gone again. */
export async function findPublished(ctx: Ctx, uploadId: string): Promise<PluginSummary | null> {
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

/** Lets a plugin be downloaded, or not. @throws AppError PLUGIN_NOT_FOUND. */
export function setEnabled(ctx: Ctx, name: string, isEnabled: boolean): Promise<PluginSummary> {
  return changePlugin(ctx, name, isEnabled ? "plugin.enable" : "plugin.disable", "isEnabled", isEnabled);
}

/** Marks a plugin as one that has had its day; it stays to be downloaded. @throws AppError PLUGIN_NOT_FOUND. */
export function deprecatePlugin(ctx: Ctx, name: string): Promise<PluginSummary> {
  return changePlugin(ctx, name, "plugin.deprecate", "isDeprecated", true);
}

/** Deletes a plugin with its versions; their objects follow by garbage collection. @throws AppError PLUGIN_NOT_FOUND. */
export async function deletePlugin(ctx: Ctx, name: string): Promise<void> {
  requireAdmin(ctx);
  const [rows] = await ctx.deps.db.write((q) => [
    q.delete(plugins).where(eq(plugins.name, name)).returning({ name: plugins.name }),
    q.insert(audit).select(auditChange(ctx, "plugin.delete", name)),
  ]);
  if (rows.length === 0) throw new AppError("PLUGIN_NOT_FOUND");
  pluginDownloads.forget(ctx);
}

/** What is so already is no change and leaves no trace. */
async function changePlugin(
  ctx: Ctx,
  name: string,
  action: string,
  column: "isEnabled" | "isDeprecated",
  value: boolean,
): Promise<PluginSummary> {
  requireAdmin(ctx);
  const [, , [row]] = await ctx.deps.db.write((q) => [
    q
      .update(plugins)
      .set({ [column]: value, updatedAt: ctx.deps.clock() })
      .where(and(eq(plugins.name, name), ne(plugins[column], value))),
    q.insert(audit).select(auditChange(ctx, action, name)),
    selectPlugins(q).where(eq(plugins.name, name)),
  ]);
  if (!row) throw new AppError("PLUGIN_NOT_FOUND");
  pluginDownloads.forget(ctx);
  return pluginSummary(row);
}
