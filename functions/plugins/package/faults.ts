import { ZipError } from "../../kit/zip/fault.ts";
import { fillText } from "../../kit/text.ts";
import { pluginFaultTexts, type PluginFaultKey } from "./texts.ts";

type Details = Record<string, string | number>;

/** How many characters of a package's own text a message repeats. */
const MAX_REPEATED = 100;

/** How many faults of one package are told. A publisher who has more mends these first. */
const MOST_TOLD = 50;

/** What is wrong with a plugin package; its message is in English. */
export class PluginFault extends Error {
  override readonly name = "PluginFault";
  readonly fault: PluginFaultKey;
  readonly details: Details;
  /** What else is wrong with the package. */
  readonly others: readonly PluginFault[];

  constructor(fault: PluginFaultKey, details: Details = {}, others: readonly PluginFault[] = []) {
    const safe = Object.fromEntries(Object.entries(details).map(([key, value]) => [key, printable(value)]));
    const text = fillText(pluginFaultTexts[fault].en, safe);
    super([text, ...others.map(({ message }) => message)].join("; "));
    this.fault = fault;
    this.details = safe;
    this.others = others;
  }
}

/** Collects the faults of several steps, to tell all of them at once. */
export class PluginFaults {
  readonly #found: PluginFault[] = [];

  /** The result of a step, or `fallback` where the step found a fault. */
  read<T>(fallback: T, step: () => T): T {
    try {
      return step();
    } catch (error) {
      if (!(error instanceof PluginFault)) throw error;
      this.#found.push(error);
      return fallback;
    }
  }

  /** @throws PluginFault with all faults that were found. */
  throwAny(): void {
    const [first, ...others] = this.#found.slice(0, MOST_TOLD);
    if (!first) return;
    const left = this.#found.length - MOST_TOLD;
    if (left > 0) others.push(new PluginFault("andMore", { count: left }));
    throw new PluginFault(first.fault, first.details, others);
  }
}

/** Turns a fault of the archive into one of the package; anything else passes through. */
export function asPluginFault(error: unknown): unknown {
  return error instanceof ZipError ? new PluginFault(error.fault, error.details) : error;
}

/** Replaces characters that a terminal or a page could take for more than text. */
function printable(value: string | number): string | number {
  if (typeof value === "number") return value;
  const characters = Array.from(value.slice(0, 2 * MAX_REPEATED + 2));
  const kept = characters
    .slice(0, MAX_REPEATED)
    .join("")
    .replaceAll(/[\p{C}\u2028\u2029]/gu, "\u{fffd}");
  return characters.length > MAX_REPEATED ? `${kept}…` : kept;
}
