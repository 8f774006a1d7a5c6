import { PluginFault, PluginFaults } from "./faults.ts";
import { isEngineName, isPluginName, isRange, MAX_PLUGIN_NAME_LENGTH } from "./names.ts";
import { plainPath } from "../../kit/zip/zip.ts";
import { MAX_VERSION_LENGTH, orderingKey, parseSemVer } from "../../kit/versions.ts";

/** What plugin.json says of one version of a plugin, checked and completed. */
export type PluginManifest = {
  /** Reverse-domain, as written. */
  name: string;
  /** SemVer 2.0.0 as written, build metadata included. */
  version: string;
  /** Sorts as versions do. Versions that differ only in build metadata have the same. */
  orderKey: string;
  isPrerelease: boolean;
  /** The path of a file in the archive, with forward slashes. */
  main: string;
  entryClass: string;
  /** The name, where the manifest gives no other. */
  displayName: string;
  description: string;
  author: string;
  license: string;
  /** An http or https URL, or empty. */
  homepage: string;
  changelog: string;
  /** Plugin name to range. */
  dependencies: Record<string, string>;
  /** Engine name, in any case, to range. */
  engines: Record<string, string>;
};

/** Characters of each text field. */
const LENGTHS = {
  name: MAX_PLUGIN_NAME_LENGTH,
  version: MAX_VERSION_LENGTH,
  main: 260,
  entryClass: 512,
  displayName: 200,
  description: 4_000,
  author: 200,
  license: 200,
  homepage: 2_048,
  changelog: 60_000,
} as const;

/** How many of each kind a manifest may have, so that a resolver can follow them. */
const MAX_DEPENDENCIES = 200;
const MAX_ENGINES = 20;

/** The engine of a requirement that names none: the host that this registry serves. */
const HOST_ENGINE = "MicroDock";

type Fields = Record<string, unknown>;

/**
 * Checks the object in plugin.json.
 * @param hasFile whether the archive has a file of this path
 * @throws PluginFault with all that is wrong with it
 */
export function readManifest(json: unknown, hasFile: (path: string) => boolean): PluginManifest {
  if (!isObject(json)) throw new PluginFault("manifestNotObject");
  const faults = new PluginFaults();
  const text = (field: keyof typeof LENGTHS, multiline = false) =>
    faults.read("", () => optionalText(json, field, multiline));
  const name = faults.read("", () => readName(json));
  const manifest: PluginManifest = {
    name,
    ...faults.read({ version: "", orderKey: "", isPrerelease: false }, () => readVersion(json)),
    main: faults.read("", () => readMain(json, hasFile)),
    entryClass: faults.read("", () => requiredText(json, "entryClass")),
    displayName: text("displayName").trim() || name,
    description: text("description", true),
    author: text("author"),
    license: text("license"),
    homepage: faults.read("", () => readHomepage(json)),
    changelog: text("changelog", true),
    dependencies: faults.read({}, () => readDependencies(json, name, faults)),
    engines: faults.read({}, () => readEngines(json, faults)),
  };
  faults.throwAny();
  return manifest;
}

function readName(json: Fields): string {
  const name = requiredText(json, "name");
  if (!isPluginName(name)) throw new PluginFault("name", { name });
  return name;
}

function readVersion(json: Fields): Pick<PluginManifest, "version" | "orderKey" | "isPrerelease"> {
  const version = requiredText(json, "version");
  const parsed = parseSemVer(version);
  if (parsed === null) throw new PluginFault("version", { version });
  return { version, orderKey: orderingKey(parsed), isPrerelease: parsed.prerelease.length > 0 };
}

function readMain(json: Fields, hasFile: (path: string) => boolean): string {
  const main = plainPath(requiredText(json, "main"));
  if (!hasFile(main)) throw new PluginFault("mainMissing", { main });
  return main;
}

function requiredText(json: Fields, field: keyof typeof LENGTHS): string {
  const text = optionalText(json, field);
  if (text.trim() === "") throw new PluginFault("fieldMissing", { field });
  return text;
}

/** The text of a field; empty where the field is absent or null. */
function optionalText(json: Fields, field: keyof typeof LENGTHS, multiline = false): string {
  const value = own(json, field) ?? "";
  if (typeof value !== "string") throw new PluginFault("fieldNotText", { field });
  if (value.length > LENGTHS[field]) throw new PluginFault("fieldTooLong", { field, limit: LENGTHS[field] });
  const forbidden = multiline ? /[^\P{Cc}\t\n\r]/u : /\p{Cc}/u;
  if (forbidden.test(value) || !value.isWellFormed()) throw new PluginFault("fieldCharacters", { field });
  return value;
}

function readHomepage(json: Fields): string {
  const homepage = optionalText(json, "homepage").trim();
  // Older packages have plain host names here. An address with a scheme must be one that a browser may open.
  const hasScheme = /^[a-z][a-z0-9+.-]*:/i.test(homepage);
  const usable = /^https?:\/\/\S+$/i.test(homepage) && URL.canParse(homepage);
  if (hasScheme && !usable) throw new PluginFault("homepage", { homepage });
  return homepage;
}

function readDependencies(json: Fields, plugin: string, faults: PluginFaults): Record<string, string> {
  const field = "dependencies";
  return readRanges(own(json, field) ?? {}, field, MAX_DEPENDENCIES, faults, (name) => {
    if (!isPluginName(name)) throw new PluginFault("dependencyName", { name });
    if (name.toLowerCase() === plugin.toLowerCase()) throw new PluginFault("dependencyItself", { name });
  });
}

function readEngines(json: Fields, faults: PluginFaults): Record<string, string> {
  const field = "engines";
  const value = own(json, field) ?? {};
  const named = typeof value === "string" ? (value.trim() === "" ? {} : { [HOST_ENGINE]: value }) : value;
  return readRanges(named, field, MAX_ENGINES, faults, (name) => {
    if (!isEngineName(name)) throw new PluginFault("engineName", { name });
  });
}

function readRanges(
  value: unknown,
  field: string,
  limit: number,
  faults: PluginFaults,
  checkName: (name: string) => void,
): Record<string, string> {
  if (!isObject(value)) throw new PluginFault("fieldNotObject", { field });
  const entries = Object.entries(value);
  if (entries.length > limit) throw new PluginFault("fieldTooMany", { field, limit });
  for (const [name] of entries) faults.read(undefined, () => checkName(name));
  const read = (name: string, range: unknown) => faults.read("", () => readRange(field, name, range));
  return Object.fromEntries(entries.map(([name, range]) => [name, read(name, range)] as const));
}

function readRange(field: string, name: string, range: unknown): string {
  if (typeof range !== "string") throw new PluginFault("fieldNotText", { field: `${field}.${name}` });
  if (!isRange(range)) throw new PluginFault("range", { field, name, range });
  return range.trim();
}

function isObject(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Reads a field only where the JSON text has it: objects inherit names such as "constructor". */
function own(json: Fields, field: string): unknown {
  return Object.hasOwn(json, field) ? json[field] : undefined;
}
