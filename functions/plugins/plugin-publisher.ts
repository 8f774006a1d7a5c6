import { and, eq, sql } from "drizzle-orm";
import { plugins, pluginVersions } from "../../schema/plugins.ts";
import { blobs } from "../../schema/uploads.ts";
import type { Ctx } from "../core/context.ts";
import type { Query, Statement } from "../core/database/database.ts";
import { refusals } from "../core/database/refusals.ts";
import { AppError } from "../core/errors.ts";
import { tellOf } from "../webhooks/events/tell-of.ts";
import { asInvalidPlugin } from "./invalid-plugins.ts";
import { readPluginPackage, type PluginManifest } from "./package/read-package.ts";
import type { Publisher, PublishedFile, VerifiedUpload } from "../uploads/publisher.ts";
import { PLUGIN_TYPE, pluginDownloads } from "./downloads.ts";
import {
  checkAnnounced,
  checkFileName,
  checkUploadSecret,
  draftPlugin,
  pluginFields,
  type PluginDraft,
} from "./draft-plugin.ts";
import { nameKey, orderKeyOf } from "./plugin-keys.ts";
import { findUploadedPlugin } from "./plugins.ts";

/** The documented largest file by form. */
const MAX_FORM_BYTES = 100 * 1024 * 1024;

/** The kind of upload whose files become versions of plugins. The archive says which plugin and version it is. */
export const pluginPublisher: Publisher = {
  maxBytes: (ctx) => ctx.deps.config.MAX_PLUGIN_BYTES,
  takenCode: "PLUGIN_VERSION_EXISTS",
  description: {
    fields: pluginFields,
    credential:
      "None but the `plugin_key` among its fields, and the `upload_secret` where the server asks for one. With `name` and `version`, what is refused is refused now.",
    admissionErrors: ["INVALID_FILE_NAME", "WRONG_PLUGIN_KEY", "WRONG_UPLOAD_SECRET"],
    inspectionErrors: ["INVALID_PLUGIN"],
  },
  servedType: PLUGIN_TYPE,
  anonymous: true,
  maxFormBytes: MAX_FORM_BYTES,
  command: "slipway plugins publish",
  findAtPlace: (ctx, draft, sha256) => findVersionAtPlace(ctx, draft as PluginDraft, sha256),

  async admit(ctx, fields, { fileName }) {
    checkFileName(fileName);
    const draft = draftPlugin(fields, ctx.locale);
    checkUploadSecret(ctx, fields);
    const { keyHash, name, version } = draft;
    if (name !== undefined) draft.wasThere = await isOwnPlugin(ctx, keyHash, name);
    const taken =
      name !== undefined && version !== undefined ? hasVersion(name, orderKeyOf(version)) : undefined;
    return { owner: `plugin:${keyHash}`, category: "plugin", draft, fileName, taken };
  },

  async inspect(_ctx, upload) {
    const draft = upload.draft as PluginDraft;
    const manifest = await readPluginPackage(upload).catch((error: unknown) => {
      throw asInvalidPlugin(error);
    });
    checkAnnounced(draft, manifest);
    return { draft: { ...draft, manifest }, fileName: `${manifest.name}@${manifest.version}.zip` };
  },

  makeRoom: () => Promise.resolve(false),

  publish(query, upload, now) {
    const { keyHash, manifest, wasThere = false } = upload.draft as PluginDraft;
    if (!manifest) throw new Error("a plugin is published that was not inspected");
    return {
      plugin: claimPlugin(query, keyHash, manifest.name, wasThere, now),
      version: insertVersion(query, upload, manifest, now),
    };
  },

  tell: (ctx, query, uploadId, now) =>
    tellOf(ctx, query, {
      type: "plugin.published",
      data: {
        plugin: sql`${pluginVersions.pluginName}`,
        version: sql`${pluginVersions.version}`,
        file_name: sql`${pluginVersions.fileName}`,
        file_size: sql`${pluginVersions.size}`,
        sha256: sql`${blobs.sha256}`,
      },
      from: sql`${pluginVersions} JOIN ${blobs} ON ${blobs.id} = ${pluginVersions.blobId}`,
      when: eq(pluginVersions.uploadId, uploadId),
      at: now,
    }),

  refusals: refusals({
    "plugins.name": "PLUGIN_DELETED",
    "plugins.upload_key_hash": "WRONG_PLUGIN_KEY",
    "plugins.name_key": "PLUGIN_EXISTS",
    "plugin_versions.plugin_name, plugin_versions.order_key": "PLUGIN_VERSION_EXISTS",
    "plugin_versions.upload_id": "ended",
    blobs_refs: "later",
  }),

  references: sql`SELECT ${pluginVersions.blobId} AS id FROM ${pluginVersions}`,

  published: pluginDownloads.forget,

  result: (ctx, uploadId) => findUploadedPlugin(ctx, uploadId),
};

/**
 * Whether there is a plugin of this name. Refuses a foreign one early, before anything is sent; the constraints decide in
 * the end.
 * @throws AppError PLUGIN_EXISTS, WRONG_PLUGIN_KEY
 */
async function isOwnPlugin(ctx: Ctx, keyHash: string, name: string): Promise<boolean> {
  const [row] = await ctx.deps.db.read((q) =>
    q
      .select({ name: plugins.name, keyHash: plugins.uploadKeyHash })
      .from(plugins)
      .where(eq(plugins.nameKey, nameKey(name))),
  );
  if (!row) return false;
  if (row.name !== name) throw new AppError("PLUGIN_EXISTS");
  if (row.keyHash !== keyHash) throw new AppError("WRONG_PLUGIN_KEY");
  return true;
}

const hasVersion = (name: string, orderKey: string | null) =>
  sql`EXISTS (SELECT 1 FROM ${pluginVersions}
    WHERE ${pluginVersions.pluginName} = ${name} AND ${pluginVersions.orderKey} = ${orderKey ?? ""})`;

/** The version that a draft would publish, if it is there already and the draft's key owns its plugin. */
async function findVersionAtPlace(
  ctx: Ctx,
  { keyHash, name, version, manifest }: PluginDraft,
  sha256: string | undefined,
): Promise<PublishedFile | null> {
  const orderKey = manifest?.orderKey ?? (version === undefined ? null : orderKeyOf(version));
  const pluginName = manifest?.name ?? name;
  if (pluginName === undefined || orderKey === null) return null;
  const [there] = await ctx.deps.db.read((q) =>
    q
      .select({ uploadId: pluginVersions.uploadId, sha256: blobs.sha256, size: blobs.size })
      .from(pluginVersions)
      .innerJoin(plugins, eq(plugins.name, pluginVersions.pluginName))
      .innerJoin(blobs, eq(blobs.id, pluginVersions.blobId))
      .where(
        and(
          eq(pluginVersions.pluginName, pluginName),
          eq(pluginVersions.orderKey, orderKey),
          eq(plugins.uploadKeyHash, keyHash),
          sha256 === undefined ? undefined : eq(blobs.sha256, sha256),
        ),
      ),
  );
  return there ?? null;
}

/**
 * The first upload ties the plugin's name to its key. For another key this is NULL, which the column refuses; and so is the
 * name of a plugin that was there when the upload began, and is there no more.
 */
function claimPlugin(query: Query, keyHash: string, name: string, wasThere: boolean, now: number): Statement {
  const there = sql<string>`(SELECT ${plugins.name} FROM ${plugins} WHERE ${plugins.name} = ${name})`;
  return query
    .insert(plugins)
    .values({
      name: wasThere ? there : name,
      nameKey: nameKey(name),
      uploadKeyHash: keyHash,
      createdAt: now,
      updatedAt: now,
    })
    .onConflictDoUpdate({
      target: plugins.name,
      set: {
        uploadKeyHash: sql`CASE WHEN ${plugins.uploadKeyHash} = ${keyHash} THEN ${keyHash} END`,
        updatedAt: now,
      },
    });
}

function insertVersion(
  query: Query,
  upload: VerifiedUpload,
  manifest: PluginManifest,
  now: number,
): Statement {
  const { main, name, ...rest } = manifest;
  return query.insert(pluginVersions).values({
    ...rest,
    pluginName: name,
    mainDll: main,
    fileName: upload.fileName,
    blobId: upload.blobId,
    size: upload.size,
    uploadId: upload.fence,
    createdAt: now,
  });
}
