import { z } from "zod";
import {
  ENGINE_NAME_SCHEMA,
  isEngineName,
  isPluginName,
  isRange,
  PLUGIN_NAME_SCHEMA,
  RANGE_SCHEMA,
} from "../package/names.ts";
import { textKey } from "../../core/locale/locale.ts";
import { parseVersion, VERSION_SCHEMA } from "../../kit/versions.ts";
import { MAX_DEVICE_ID } from "../../rollouts/limits.ts";
import { engineKey } from "./solver/engines.ts";
import { RESOLVER_LIMITS } from "./solver/limits.ts";

/** Engines of one host: more than a manifest may name. */
const MAX_ENGINES = 50;

const MAX_PLUGINS = RESOLVER_LIMITS.plugins;

const isVersion = (text: string) => parseVersion(text) !== null;

const pluginName = z
  .string()
  .refine(isPluginName, textKey("plugin.name"))
  .meta({ ...PLUGIN_NAME_SCHEMA, example: "com.example.myplugin" });
const engineName = z
  .string()
  .refine(isEngineName, textKey("plugin.engineName"))
  .meta({ ...ENGINE_NAME_SCHEMA, example: "MicroDock" });
const version = z
  .string()
  .refine(isVersion, textKey("plugin.version"))
  .meta({ ...VERSION_SCHEMA, example: "1.2.3" });
const range = z
  .string()
  .refine(isRange, textKey("plugin.range"))
  .meta({ ...RANGE_SCHEMA, example: "^1.2.0" });
const sha256 = z
  .string()
  .regex(/^[0-9a-fA-F]{64}$/, textKey("fault.sha256"))
  .transform((hex) => hex.toLowerCase());

function named<K extends z.ZodType<string, string>, V extends z.ZodType>(
  key: K,
  value: V,
  most = MAX_PLUGINS,
) {
  return z
    .record(key, value)
    .refine((fields) => Object.keys(fields).length <= most, {
      message: textKey("fault.tooManyItems"),
      params: { limit: most },
    })
    .meta({ maxProperties: most, propertyNames: namesOf(key) });
}

/** What a description says of the names of entries. */
function namesOf(key: z.ZodType) {
  const { $schema: _dialect, example: _example, ...names } = z.toJSONSchema(key);
  return names;
}

/** If one engine were named in two spellings, nobody could tell which version is meant. */
const hasEachOnce = (engines: Record<string, unknown>) =>
  new Set(Object.keys(engines).map(engineKey)).size === Object.keys(engines).length;

const engines = named(engineName, version, MAX_ENGINES)
  .refine(hasEachOnce, textKey("plugin.engineTwice"))
  .default({});

export const resolveRequest = z
  .object({
    install: named(pluginName, range).meta({
      description: "Plugin name to the range wanted, such as `^1.2.0` or `>=0.0.3.0`",
    }),
    engines: engines.meta({
      description: "Engine name, in any case, to its version; engines not named are not checked",
    }),
    installed: named(pluginName, version).default({}).meta({ description: "Plugin name to its version" }),
    integrity: named(pluginName, sha256)
      .default({})
      .meta({ description: "Plugin name to the SHA-256 it must have" }),
  })
  .refine(
    ({ install, installed }) =>
      new Set([...Object.keys(install), ...Object.keys(installed)]).size <= MAX_PLUGINS,
    { message: textKey("resolve.tooManyNames"), params: { limit: MAX_PLUGINS }, path: ["installed"] },
  );

export const updatesRequest = z.object({
  installed: named(pluginName, version)
    .refine((fields) => Object.keys(fields).length > 0, textKey("fault.noItems"))
    .meta({ minProperties: 1 }),
  engines,
  device_id: z
    .string()
    .max(MAX_DEVICE_ID)
    .optional()
    .meta({ description: "An id that the host chose and keeps: it decides which rollouts it is in" }),
  force: z
    .boolean()
    .optional()
    .meta({ description: "A person asked, so rollouts that go on count as out for everybody" }),
});

const texts = z.record(z.string(), z.string());

export const planSchema = z.object({
  plan: z.array(
    z.object({
      name: z.string(),
      version: z.string(),
      action: z.enum(["install", "update", "downgrade", "keep"]),
      previous: z.string().optional().meta({ description: "The version that is installed" }),
      size: z.int().nullable().meta({
        description:
          "Bytes; like the next two null for an installed version that the registry does not know or whose plugin is disabled",
      }),
      sha256: z.string().nullable(),
      download_url: z.string().nullable(),
      dependencies: texts,
      is_deprecated: z.boolean(),
    }),
  ),
  total_size: z.int().meta({ description: "Bytes of what is not kept" }),
  lock: z
    .object({ install: texts, engines: texts, installed: texts, integrity: texts })
    .meta({ description: "A request that is answered the same, also when there are newer versions" }),
  notices: z
    .array(z.object({ name: z.string(), installed: z.string(), notice: z.literal("plugin_disabled") }))
    .meta({ description: "Of what is installed, what is left as it is because its plugin is disabled" }),
});

export const conflictSchema = z
  .object({
    success: z.literal(false),
    message: z.string(),
    data: z.object({
      summary: z.string().meta({ description: "Which wish leads over which plugins to what cannot be" }),
      conflict: z.array(
        z.object({
          plugin: z.string(),
          wanted_by: z.string().meta({ description: "`request`, or versions of a plugin: `com.b@1.2.0`" }),
          range: z.string().optional(),
          reason: z.enum([
            "requested",
            "installed",
            "dependency",
            "engine",
            "integrity",
            "disabled",
            "unknown",
          ]),
          versions: z.array(z.string()).optional(),
          engine: z.string().optional(),
          message: z.string(),
        }),
      ),
    }),
  })
  .meta({ id: "PluginConflict" });

export const updatesSchema = z.object({
  updates: z.array(
    z.object({
      name: z.string(),
      installed: z.string(),
      version: z.string(),
      size: z.int().meta({ description: "Bytes" }),
      sha256: z.string(),
      download_url: z.string(),
      changelog: z.string().meta({ description: "Its beginning, where many or long ones are answered" }),
    }),
  ),
  up_to_date: z.int().meta({ description: "How many of the others the registry knows" }),
  unknown: z.array(z.string()).meta({ description: "Names that the registry does not know" }),
  notices: z.array(
    z.object({
      name: z.string(),
      installed: z.string(),
      notice: z.enum(["plugin_disabled", "plugin_deprecated", "version_rolled_back", "version_deprecated"]),
    }),
  ),
});
