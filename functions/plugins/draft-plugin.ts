import { z } from "zod";
import type { Ctx } from "../core/context.ts";
import { AppError, missing } from "../core/errors.ts";
import { requirePlainName } from "../core/file-name.ts";
import { sha256Hex, timingSafeEqualText } from "../kit/hash/hash.ts";
import { textKey, type Locale } from "../core/locale/locale.ts";
import { CLIENT_KEY_SCHEMA, clientKey } from "../kit/text.ts";
import { isPluginName, PLUGIN_NAME_SCHEMA } from "./package/names.ts";
import type { PluginManifest } from "./package/read-package.ts";
import { readFields } from "../core/http/validation.ts";
import { orderKeyOf } from "./plugin-keys.ts";

const draftFields = z.object({
  plugin_key: clientKey.meta({ ...CLIENT_KEY_SCHEMA }),
  name: z.string().refine(isPluginName, textKey("plugin.name")).optional().meta(PLUGIN_NAME_SCHEMA),
  version: z.string().max(64).optional().meta({ example: "1.2.0" }),
});

/**
 * The fields of a plugin, as forms and signed uploads send them. The secret is not checked here but by `checkUploadSecret`.
 */
export const pluginFields = draftFields.extend({
  upload_secret: z.string().optional().meta({ description: "Where the server asks for one" }),
});

/** A plugin on its way: first what its publisher announced, then what its archive says. */
export type PluginDraft = {
  /** SHA-256 of the plugin key, which itself is kept nowhere. */
  keyHash: string;
  name?: string;
  version?: string;
  /** Whether the plugin was there when the upload that names it began: then it has to be there still. */
  wasThere?: boolean;
  manifest?: PluginManifest;
};

/**
 * Reads a plugin's fields as a form or JSON gives them.
 * @throws AppError MISSING_PARAMETER or VALIDATION_ERROR naming the field, INVALID_VERSION.
 */
export function draftPlugin(fields: unknown, locale: Locale): PluginDraft {
  const { plugin_key: key, name, version } = readFields(draftFields, fields, locale);
  if (version !== undefined && orderKeyOf(version) === null) {
    throw new AppError("INVALID_VERSION", { field: "version" });
  }
  return { keyHash: sha256Hex(key), ...(name && { name }), ...(version && { version }) };
}

/** @throws AppError MISSING_PARAMETER, WRONG_UPLOAD_SECRET where the settings ask for a secret. */
export function checkUploadSecret(ctx: Ctx, fields: unknown): void {
  const secret = ctx.deps.config.PLUGIN_UPLOAD_SECRET;
  if (secret === undefined) return;
  const { upload_secret: given } = { ...(fields as { upload_secret?: unknown } | undefined) };
  if (given === undefined || given === null || given === "") throw missing("upload_secret");
  if (typeof given !== "string" || !timingSafeEqualText(given, secret)) {
    throw new AppError("WRONG_UPLOAD_SECRET");
  }
}

/** @throws AppError INVALID_FILE_NAME for what is no plain file name, UNSUPPORTED_FILE_TYPE for what is no `.zip`. */
export function checkFileName(fileName: string): void {
  requirePlainName(fileName);
  if (!/.\.zip$/i.test(fileName)) {
    throw new AppError("UNSUPPORTED_FILE_TYPE", { extension: /\.[^.]{0,16}$/.exec(fileName)?.[0] ?? "-" });
  }
}

/** @throws AppError INVALID_PLUGIN where the archive has another name or version than was announced. */
export function checkAnnounced({ name, version }: PluginDraft, manifest: PluginManifest): void {
  const otherName = name !== undefined && name !== manifest.name;
  const otherVersion = version !== undefined && orderKeyOf(version) !== manifest.orderKey;
  if (otherName || otherVersion) {
    const found = { name: manifest.name, version: manifest.version };
    throw new AppError("INVALID_PLUGIN", { reason: "plugin.notAnnounced", ...found });
  }
}
