import { index, integer, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { createdAt, moment, serialId } from "./columns.ts";
import { blobs } from "./uploads.ts";

type Ranges = Record<string, string>;

export const plugins = sqliteTable("plugins", {
  /** The reverse-domain name, spelled as in its first upload. NULL is refused: it was deleted since the upload began. */
  name: text("name").primaryKey(),
  /** The name in lower case: two that differ only in case would be one folder on many machines. */
  nameKey: text("name_key").notNull().unique(),
  /** SHA-256 of the key that the first upload brought. NULL is refused: the plugin belongs to another key. */
  uploadKeyHash: text("upload_key_hash").notNull(),
  /**
   * The current version, chosen by triggers on plugin_versions: versions that are not deprecated first, then releases before
   * pre-releases, then the highest.
   */
  currentVersionId: integer("current_version_id"),
  isEnabled: integer("is_enabled", { mode: "boolean" }).notNull().default(true),
  isDeprecated: integer("is_deprecated", { mode: "boolean" }).notNull().default(false),
  /** The sum of the versions' counts, moved by a trigger. */
  totalDownloadCount: integer("total_download_count").notNull().default(0),
  createdAt: createdAt(),
  updatedAt: moment("updated_at").notNull(),
});

export const pluginVersions = sqliteTable(
  "plugin_versions",
  {
    id: serialId(),
    pluginName: text("plugin_name")
      .notNull()
      .references(() => plugins.name, { onDelete: "cascade" }),
    version: text("version").notNull(),
    /** Sorts as the version does (kit/versions.ts). */
    orderKey: text("order_key").notNull(),
    isPrerelease: integer("is_prerelease", { mode: "boolean" }).notNull(),
    displayName: text("display_name").notNull(),
    description: text("description").notNull(),
    author: text("author").notNull(),
    license: text("license").notNull(),
    homepage: text("homepage").notNull(),
    mainDll: text("main_dll").notNull(),
    entryClass: text("entry_class").notNull(),
    changelog: text("changelog").notNull(),
    /** Plugin name to range. */
    dependencies: text("dependencies", { mode: "json" }).$type<Ranges>().notNull(),
    /** Engine name, in any case, to range. */
    engines: text("engines", { mode: "json" }).$type<Ranges>().notNull(),
    fileName: text("file_name").notNull(),
    blobId: integer("blob_id")
      .notNull()
      .references(() => blobs.id),
    size: integer("size").notNull(),
    /** The upload that published it: publishing twice is refused by the database. */
    uploadId: text("upload_id").notNull().unique(),
    isDeprecated: integer("is_deprecated", { mode: "boolean" }).notNull().default(false),
    downloadCount: integer("download_count").notNull().default(0),
    createdAt: createdAt(),
  },
  (t) => [
    // Versions that differ only in build metadata have the same precedence, and so count as one version.
    uniqueIndex("plugin_versions_order").on(t.pluginName, t.orderKey),
    index("plugin_versions_current").on(t.pluginName, t.isDeprecated, t.isPrerelease, t.orderKey),
    index("plugin_versions_blob").on(t.blobId),
  ],
);
