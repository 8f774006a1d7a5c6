import { and, eq, sql } from "drizzle-orm";
import { audit } from "../../schema/core.ts";
import { plugins, pluginVersions } from "../../schema/plugins.ts";
import { auditChange } from "../core/audit.ts";
import { requireAdmin } from "../accounts/sign-in/sessions.ts";
import type { Ctx } from "../core/context.ts";
import { AppError } from "../core/errors.ts";
import { pluginDownloads } from "./downloads.ts";
import { orderKeyOf } from "./names.ts";
import { readVersionPages } from "./plugin-pages.ts";
import { selectVersions, versionSummary, type VersionSummary } from "./summaries.ts";

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
  const [[plugin], [row]] = await ctx.deps.db.read((q) =>
    q.batch([
      q.select({ name: plugins.name }).from(plugins).where(eq(plugins.name, path.name)),
      selectVersions(q).where(isVersion(path)),
    ]),
  );
  if (!plugin) throw new AppError("PLUGIN_NOT_FOUND");
  if (!row) throw new AppError("PLUGIN_VERSION_NOT_FOUND");
  return versionSummary(row);
}

/**
 * Marks a version as one that nobody should begin to use; another becomes the current one where there is a better.
 * @throws AppError PLUGIN_NOT_FOUND, PLUGIN_VERSION_NOT_FOUND.
 */
export async function deprecateVersion(ctx: Ctx, path: VersionPath): Promise<VersionSummary> {
  requireAdmin(ctx);
  const { name, version } = path;
  const [, , , [plugin], [row]] = await ctx.deps.db.write((q) => [
    q
      .update(pluginVersions)
      .set({ isDeprecated: true })
      .where(and(isVersion(path), eq(pluginVersions.isDeprecated, false))),
    q.insert(audit).select(auditChange(ctx, "plugin.version.deprecate", name, { version })),
    q
      .update(plugins)
      .set({ updatedAt: ctx.deps.clock() })
      .where(and(eq(plugins.name, name), sql`changes() > 0`)),
    q.select({ name: plugins.name }).from(plugins).where(eq(plugins.name, name)),
    selectVersions(q).where(isVersion(path)),
  ]);
  if (!plugin) throw new AppError("PLUGIN_NOT_FOUND");
  if (!row) throw new AppError("PLUGIN_VERSION_NOT_FOUND");
  pluginDownloads.forget(ctx);
  return versionSummary(row);
}

/** What is no version has no ordering key, and so no row. */
const isVersion = ({ name, version }: VersionPath) =>
  and(eq(pluginVersions.pluginName, name), eq(pluginVersions.orderKey, orderKeyOf(version) ?? ""));
