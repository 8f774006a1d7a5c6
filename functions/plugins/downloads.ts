import { and, eq } from "drizzle-orm";
import { plugins, pluginVersions } from "../../schema/plugins.ts";
import { blobs } from "../../schema/uploads.ts";
import type { Ctx } from "../core/context.ts";
import { createDownloadLinks, type ServedFile } from "../downloads/links.ts";
import { AppError } from "../core/errors.ts";
import { orderKeyOf } from "./plugin-keys.ts";

/** The type of plugin files: all are archives, and were checked to be. */
export const PLUGIN_TYPE = "application/zip";

/** One version of a plugin, or its current version. */
type PluginPath = { name: string; version?: string };

/** Finds the files of plugins, and refuses others with PLUGIN_NOT_FOUND, PLUGIN_VERSION_NOT_FOUND or PLUGIN_DISABLED. */
export const pluginDownloads = createDownloadLinks<PluginPath>({
  table: pluginVersions,
  keyOf: ({ name, version = "" }) => `${name}\n${version}`,
  find: findPluginFile,
});

async function findPluginFile(ctx: Ctx, { name, version }: PluginPath): Promise<ServedFile> {
  const chosen =
    version === undefined
      ? eq(pluginVersions.id, plugins.currentVersionId)
      : and(
          eq(pluginVersions.pluginName, plugins.name),
          eq(pluginVersions.orderKey, orderKeyOf(version) ?? ""),
        );
  const [row] = await ctx.deps.db.read((q) =>
    q
      .select({
        isEnabled: plugins.isEnabled,
        version: { id: pluginVersions.id, fileName: pluginVersions.fileName },
        blob: { objectKey: blobs.objectKey, size: blobs.size, sha256: blobs.sha256 },
      })
      .from(plugins)
      .leftJoin(pluginVersions, chosen)
      .leftJoin(blobs, eq(blobs.id, pluginVersions.blobId))
      .where(eq(plugins.name, name)),
  );
  if (!row) throw new AppError("PLUGIN_NOT_FOUND");
  if (!row.version || !row.blob) throw new AppError("PLUGIN_VERSION_NOT_FOUND");
  if (!row.isEnabled) throw new AppError("PLUGIN_DISABLED");
  return { ...row.version, ...row.blob, contentType: PLUGIN_TYPE };
}
