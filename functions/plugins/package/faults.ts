import { ZipError } from "../../kit/zip/fault.ts";
import { fillText } from "../../kit/text.ts";
import { pluginFaultTexts, type PluginFaultKey } from "./texts.ts";

type Details = Record<string, string | number>;

/** Characters of text out of a package that a message repeats. */
const MAX_REPEATED = 100;

/** What is wrong with a plugin package; its message is in English. */
export class PluginFault extends Error {
  override readonly name = "PluginFault";
  readonly fault: PluginFaultKey;
  readonly details: Details;
  constructor(fault: PluginFaultKey, details: Details = {}) {
    const safe = Object.fromEntries(Object.entries(details).map(([key, value]) => [key, printable(value)]));
    super(fillText(pluginFaultTexts[fault].en, safe));
    this.fault = fault;
    this.details = safe;
  }
}

/** What a fault of the archive is called for people; anything else passes through. */
export function asPluginFault(error: unknown): unknown {
  return error instanceof ZipError ? new PluginFault(error.fault, error.details) : error;
}

/** Without what a terminal or a page could take for more than text. */
function printable(value: string | number): string | number {
  if (typeof value === "number") return value;
  const characters = Array.from(value.slice(0, 2 * MAX_REPEATED + 2));
  const kept = characters
    .slice(0, MAX_REPEATED)
    .join("")
    .replaceAll(/[\p{C}\u2028\u2029]/gu, "\u{fffd}");
  return characters.length > MAX_REPEATED ? `${kept}…` : kept;
}
