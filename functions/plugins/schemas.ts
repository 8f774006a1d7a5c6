import { z } from "zod";
import { resultEnvelope } from "../core/http/envelopes.ts";
import { message, type Locale, type MessageKey } from "../core/locale/locale.ts";
import { describeErrors } from "../core/http/router.ts";
import { wellFormed } from "../kit/text.ts";

/** Longer than any name that the manifest may have. */
const MAX_NAME = 128;
/** Longer than any version. */
const MAX_VERSION = 64;

export const pluginErrors = describeErrors(resultEnvelope);

/** What a JSON body may be refused as. */
export const bodyErrors = [
  "MALFORMED_BODY",
  "FILE_TOO_LARGE",
  "VALIDATION_ERROR",
  "MISSING_PARAMETER",
] as const;

/** What an administrator's change of a plugin may be refused as. */
export const changeErrors = [...bodyErrors, "INVALID_TOKEN", "ACCESS_DENIED", "PLUGIN_NOT_FOUND"] as const;

export const pluginName = z.object({
  name: wellFormed(1, MAX_NAME).meta({ example: "com.example.myplugin" }),
});

export const pluginVersion = pluginName.extend({
  version: wellFormed(1, MAX_VERSION).meta({ example: "1.0.0" }),
});

export const pluginSchema = z
  .object({
    name: z.string(),
    display_name: z.string(),
    description: z.string(),
    author: z.string(),
    license: z.string(),
    homepage: z.string(),
    main_dll: z.string(),
    entry_class: z.string(),
    current_version: z.string().meta({
      description: "The highest release that is not deprecated; a pre-release where there is nothing else",
    }),
    is_enabled: z.boolean().meta({ description: "Disabled plugins are listed and cannot be downloaded" }),
    is_deprecated: z.boolean(),
    created_at: z.iso.datetime(),
    updated_at: z.iso.datetime(),
    total_download_count: z.int().meta({ description: "Of all its versions" }),
  })
  .meta({ id: "Plugin" });

const ranges = z.record(z.string(), z.string());

export const versionSchema = z
  .object({
    plugin_name: z.string(),
    version: z.string(),
    file_name: z.string().meta({ example: "com.example.myplugin@1.0.0.zip" }),
    file_path: z.string().meta({ description: "The object's key in the bucket" }),
    file_size: z.int().meta({ description: "Bytes" }),
    file_hash: z.string().meta({ description: "SHA-256 in hex" }),
    changelog: z.string(),
    dependencies: ranges.meta({ description: "Plugin name to range" }),
    engines: ranges.meta({ description: "Engine name, in any case, to range" }),
    is_deprecated: z.boolean(),
    download_count: z.int(),
    created_at: z.iso.datetime(),
  })
  .meta({ id: "PluginVersion" });

/** An answer, for a route's `responses`. */
export function dataAnswer<T extends z.ZodType>(description: string, data: T) {
  const schema = z.object({ success: z.literal(true), message: z.string(), data });
  return { description, content: { "application/json": { schema } } };
}

/** The same for `c.json`. */
export function success<T>(locale: Locale, key: MessageKey, data: T) {
  return { success: true as const, message: message(locale, key), data };
}
