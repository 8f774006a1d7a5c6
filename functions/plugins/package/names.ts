import { parseRange } from "../../kit/ranges.ts";

/** Characters. A name and a version together make a file name and a path on every system. */
export const MAX_PLUGIN_NAME_LENGTH = 128;

/** The most characters of a range, and the most versions in it, so that reading and testing a range stays cheap. */
const MAX_RANGE_LENGTH = 200;
const MAX_RANGE_VERSIONS = 32;

const LABEL = "[A-Za-z0-9][A-Za-z0-9_-]*";
const PLUGIN_NAME = new RegExp(`^${LABEL}(?:\\.${LABEL})+$`);
const ENGINE_NAME = /^\.?[A-Za-z0-9][A-Za-z0-9._ +#-]{0,62}$/;

/** What Windows takes for a device, whatever follows the first dot. */
const DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)\./i;

/** Whether this is a reverse-domain name (com.example.plugin) that may begin a file name on any system. */
export function isPluginName(name: string): boolean {
  return name.length <= MAX_PLUGIN_NAME_LENGTH && PLUGIN_NAME.test(name) && !DEVICE.test(name);
}

/** The same for descriptions, devices of Windows apart. */
export const PLUGIN_NAME_SCHEMA = { maxLength: MAX_PLUGIN_NAME_LENGTH, pattern: PLUGIN_NAME.source } as const;
export const ENGINE_NAME_SCHEMA = { pattern: ENGINE_NAME.source } as const;
export const RANGE_SCHEMA = { maxLength: MAX_RANGE_LENGTH } as const;

/** Whether this may name an engine: what hosts plugins, such as MicroDock or .NET. */
export function isEngineName(name: string): boolean {
  return ENGINE_NAME.test(name);
}

/** Whether this is a range, within the limits of this server. An empty text means any version. */
export function isRange(text: string): boolean {
  if (text.length > MAX_RANGE_LENGTH) return false;
  if (text.split(/\|\||\s/).length > MAX_RANGE_VERSIONS) return false;
  return parseRange(text, false) !== null;
}
