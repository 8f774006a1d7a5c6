import { AppError, type ErrorParams } from "../../core/errors.ts";
import type { MessageKey } from "../../core/locale/locale.ts";
import { ZipError, type ZipFault } from "../../kit/zip/fault.ts";

type ManifestFault =
  | "noManifest"
  | "manifestElsewhere"
  | "manifestNotUtf8"
  | "manifestNotJson"
  | "manifestNotObject"
  | "fieldMissing"
  | "fieldNotText"
  | "fieldNotObject"
  | "fieldTooLong"
  | "fieldTooMany"
  | "fieldCharacters"
  | "name"
  | "version"
  | "homepage"
  | "mainMissing"
  | "dependencyName"
  | "dependencyItself"
  | "engineName"
  | "range";

/** Characters of text out of a package that a message repeats. */
const MAX_SHOWN = 100;

/** A refusal of a plugin package: its message is the text of `plugin.fault.<fault>`. */
export function pluginFault(fault: ManifestFault | ZipFault, details: ErrorParams = {}): AppError {
  const shown = Object.entries(details).map(([key, value]) => [key, printable(value)] as const);
  const reason: MessageKey = `plugin.fault.${fault}`;
  return new AppError("INVALID_PLUGIN", { reason, ...Object.fromEntries(shown) });
}

/** What a fault of the archive is called for people; anything else passes through. */
export function asPluginFault(error: unknown): unknown {
  return error instanceof ZipError ? pluginFault(error.fault, error.details) : error;
}

/** Without what a terminal or a page could take for more than text. */
function printable(value: string | number): string | number {
  if (typeof value === "number") return value;
  const characters = Array.from(value.slice(0, 2 * MAX_SHOWN + 2));
  const shown = characters
    .slice(0, MAX_SHOWN)
    .join("")
    .replaceAll(/[\p{C}\u2028\u2029]/gu, "\u{fffd}");
  return characters.length > MAX_SHOWN ? `${shown}…` : shown;
}
