import { sql } from "drizzle-orm";
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { createdAt, moment, serialId } from "./columns.ts";
import { software, versions } from "./releases.ts";
import { blobs } from "./uploads.ts";

export const packageTypes = ["full", "patch", "hotfix"] as const;
export const platforms = ["windows", "linux", "macos", "android", "ios"] as const;
export const arches = ["x64", "x86", "arm64", "armv7", "universal"] as const;
/** Files that updaters ask for beside a package: by which of its blocks have changed they fetch only those. */
export const companionRoles = ["blockmap", "zsync"] as const;

/**
 * `channel`, `isCritical` and `description` belong to the package; nothing that is published later changes them. `orderKey`
 * and `minUpdateKey` repeat the version's, so that the newest package for a device is found by index look-ups.
 */
export const packages = sqliteTable(
  "packages",
  {
    id: serialId(),
    softwareId: text("software_id")
      .notNull()
      .references(() => software.id, { onDelete: "cascade" }),
    versionId: text("version_id")
      .notNull()
      .references(() => versions.id, { onDelete: "cascade" }),
    type: text("type", { enum: packageTypes }).notNull(),
    platform: text("platform", { enum: platforms }).notNull(),
    arch: text("arch", { enum: arches }).notNull(),
    fromVersion: text("from_version"),
    orderKey: text("order_key").notNull(),
    /** "" where every version may take it; kept by triggers on packages and versions. */
    minUpdateKey: text("min_update_key").notNull().default(""),
    channel: text("channel").notNull(),
    isCritical: integer("is_critical", { mode: "boolean" }).notNull().default(false),
    /** NULL: the version's description holds. */
    description: text("description"),
    /** The file's extension without its dot, in lower case. */
    format: text("format").notNull().default(""),
    fileName: text("file_name").notNull().unique(),
    blobId: integer("blob_id")
      .notNull()
      .references(() => blobs.id),
    size: integer("size").notNull(),
    /** The content of its minisign signature file, as it was given. */
    signature: text("signature"),
    /** Its Ed25519 signature, base64. */
    edSignature: text("ed_signature"),
    /** What its system counts versions by: CFBundleVersion. */
    buildNumber: text("build_number"),
    /** The oldest version of its system that it runs on. */
    minOsVersion: text("min_os_version"),
    /** What its installer is started with. */
    installerArgs: text("installer_args"),
    /** Bytes of the block map that its file ends with, in an AppImage. */
    blockMapSize: integer("block_map_size"),
    requiresAdmin: integer("requires_admin", { mode: "boolean" }).notNull().default(false),
    /** The upload that published it: publishing twice is refused by the database. */
    uploadId: text("upload_id").notNull().unique(),
    downloadCount: integer("download_count").notNull().default(0),
    yankedAt: moment("yanked_at"),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex("packages_full")
      .on(t.versionId, t.platform, t.arch, t.format)
      .where(sql`${t.type} = 'full'`),
    uniqueIndex("packages_patch")
      .on(t.versionId, t.platform, t.arch, t.fromVersion, t.format)
      .where(sql`${t.type} = 'patch'`),
    index("packages_newest").on(t.softwareId, t.platform, t.arch, t.channel, t.type, t.orderKey),
    index("packages_open").on(
      t.softwareId,
      t.platform,
      t.arch,
      t.channel,
      t.type,
      t.minUpdateKey,
      t.orderKey,
    ),
    index("packages_critical")
      .on(t.softwareId, t.platform, t.arch, t.channel, t.orderKey)
      .where(sql`${t.isCritical} = 1`),
    index("packages_listed").on(t.softwareId, t.platform, t.arch, t.createdAt),
    index("packages_blob").on(t.blobId),
    index("packages_version").on(t.versionId),
    index("packages_from")
      .on(t.softwareId, t.fromVersion)
      .where(sql`${t.fromVersion} IS NOT NULL`),
  ],
);

/** How many packages there are of each platform and type, moved by triggers on `packages`. */
export const packageCounts = sqliteTable(
  "package_counts",
  {
    platform: text("platform", { enum: platforms }).notNull(),
    type: text("type", { enum: packageTypes }).notNull(),
    count: integer("count").notNull(),
  },
  (t) => [primaryKey({ columns: [t.platform, t.type] })],
);

/** A package's companion is served under the package's file name and an extension of its own. */
export const companions = sqliteTable(
  "companions",
  {
    id: serialId(),
    /** NULL is refused: the package is gone. */
    packageId: integer("package_id")
      .notNull()
      .references(() => packages.id, { onDelete: "cascade" }),
    role: text("role", { enum: companionRoles }).notNull(),
    fileName: text("file_name").notNull().unique(),
    blobId: integer("blob_id")
      .notNull()
      .references(() => blobs.id),
    size: integer("size").notNull(),
    /** The upload that published it: publishing twice is refused by the database. */
    uploadId: text("upload_id").notNull().unique(),
    downloadCount: integer("download_count").notNull().default(0),
    createdAt: createdAt(),
  },
  (t) => [uniqueIndex("companions_role").on(t.packageId, t.role), index("companions_blob").on(t.blobId)],
);
