import { eq } from "drizzle-orm";
import { plugins, pluginVersions } from "../../schema/plugins.ts";
import { blobs } from "../../schema/uploads.ts";
import type { Query } from "../core/database/database.ts";

/** A plugin as clients see it: what its current version says of it, and how often any version was downloaded. */
export type PluginSummary = {
  name: string;
  display_name: string;
  description: string;
  author: string;
  license: string;
  homepage: string;
  main_dll: string;
  entry_class: string;
  current_version: string;
  is_enabled: boolean;
  is_deprecated: boolean;
  /** ISO 8601. */
  created_at: string;
  updated_at: string;
  total_download_count: number;
};

/** A version as clients see it. */
export type VersionSummary = {
  plugin_name: string;
  version: string;
  file_name: string;
  /** The object's name in the bucket. */
  file_path: string;
  /** Bytes. */
  file_size: number;
  /** SHA-256 in lower-case hex. */
  file_hash: string;
  changelog: string;
  dependencies: Record<string, string>;
  engines: Record<string, string>;
  is_deprecated: boolean;
  download_count: number;
  /** ISO 8601. */
  created_at: string;
};

export const pluginColumns = {
  name: plugins.name,
  displayName: pluginVersions.displayName,
  description: pluginVersions.description,
  author: pluginVersions.author,
  license: pluginVersions.license,
  homepage: pluginVersions.homepage,
  mainDll: pluginVersions.mainDll,
  entryClass: pluginVersions.entryClass,
  version: pluginVersions.version,
  isEnabled: plugins.isEnabled,
  isDeprecated: plugins.isDeprecated,
  downloads: plugins.totalDownloadCount,
  createdAt: plugins.createdAt,
  updatedAt: plugins.updatedAt,
};

export const versionColumns = {
  pluginName: pluginVersions.pluginName,
  version: pluginVersions.version,
  fileName: pluginVersions.fileName,
  size: pluginVersions.size,
  changelog: pluginVersions.changelog,
  dependencies: pluginVersions.dependencies,
  engines: pluginVersions.engines,
  isDeprecated: pluginVersions.isDeprecated,
  downloads: pluginVersions.downloadCount,
  createdAt: pluginVersions.createdAt,
  objectKey: blobs.objectKey,
  sha256: blobs.sha256,
};

/** Plugins with their current versions. */
export function selectPlugins(q: Query) {
  return q
    .select(pluginColumns)
    .from(plugins)
    .innerJoin(pluginVersions, eq(pluginVersions.id, plugins.currentVersionId));
}

/** Versions with their files. */
export function selectVersions(q: Query) {
  return q.select(versionColumns).from(pluginVersions).innerJoin(blobs, eq(blobs.id, pluginVersions.blobId));
}

type PluginRow = Awaited<ReturnType<typeof selectPlugins>>[number];
type VersionRow = Awaited<ReturnType<typeof selectVersions>>[number];

export function pluginSummary(row: PluginRow): PluginSummary {
  return {
    name: row.name,
    display_name: row.displayName,
    description: row.description,
    author: row.author,
    license: row.license,
    homepage: row.homepage,
    main_dll: row.mainDll,
    entry_class: row.entryClass,
    current_version: row.version,
    is_enabled: row.isEnabled,
    is_deprecated: row.isDeprecated,
    created_at: new Date(row.createdAt).toISOString(),
    updated_at: new Date(row.updatedAt).toISOString(),
    total_download_count: row.downloads,
  };
}

export function versionSummary(row: VersionRow): VersionSummary {
  return {
    plugin_name: row.pluginName,
    version: row.version,
    file_name: row.fileName,
    file_path: row.objectKey,
    file_size: row.size,
    file_hash: row.sha256,
    changelog: row.changelog,
    dependencies: row.dependencies,
    engines: row.engines,
    is_deprecated: row.isDeprecated,
    download_count: row.downloads,
    created_at: new Date(row.createdAt).toISOString(),
  };
}
