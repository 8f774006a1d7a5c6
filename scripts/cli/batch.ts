import { readFile } from "node:fs/promises";
import { dirname, extname, resolve } from "node:path";
import { z } from "zod";
import { shapeFault } from "../client/shape-fault.ts";
import { usage } from "./errors.ts";
import type { PackageFlags } from "./package-fields.ts";

const YES = new Set(["true", "yes", "1"]);
const NO = new Set(["false", "no", "0", ""]);

const Flag = z.union([
  z.boolean(),
  z.string().transform((text, context) => {
    const word = text.trim().toLowerCase();
    if (!YES.has(word) && !NO.has(word))
      context.addIssue({ code: "custom", message: "must be true or false" });
    return YES.has(word);
  }),
]);

const Row = z.strictObject({
  file: z.string().min(1),
  version: z.string().optional(),
  type: z.string().optional(),
  platform: z.string().optional(),
  arch: z.string().optional(),
  from_version: z.string().optional(),
  description: z.string().optional(),
  software: z.string().optional(),
  channel: z.string().optional(),
  notes: z.string().optional(),
  critical: Flag.optional(),
  watershed: Flag.optional(),
  min_update_from: z.string().optional(),
  unstable: Flag.optional(),
});

export type BatchEntry = { file: string; flags: PackageFlags };

/**
 * Reads a list of packages: a JSON array of objects, or CSV with a heading. The names are those of the flags in
 * snake case, and `file`, which is relative to the list. Empty cells count as absent; `defaults` fill what is absent.
 */
export async function readBatch(path: string, defaults: PackageFlags): Promise<BatchEntry[]> {
  const text = await readFile(path, "utf8");
  const rows = extname(path).toLowerCase() === ".csv" ? fromCsv(text) : fromJson(path, text);
  if (rows.length === 0) throw usage(`${path} does not list any package.`);
  return rows.map((row, index) => {
    const parsed = Row.safeParse(row);
    if (!parsed.success) {
      const faults = parsed.error.issues.map((issue) => shapeFault(issue, row));
      throw usage(`${path}, package ${index + 1}: ${faults.join("; ")}.`);
    }
    const { file, from_version, min_update_from, ...rest } = parsed.data;
    const named = { ...rest, fromVersion: from_version, minUpdateFrom: min_update_from };
    return {
      file: resolve(dirname(path), file),
      flags: { ...defaults, ...present(named) },
    };
  });
}

function present(flags: PackageFlags): PackageFlags {
  return Object.fromEntries(Object.entries(flags).filter(([, value]) => value !== undefined));
}

function fromJson(path: string, text: string): unknown[] {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (error) {
    throw usage(`${path} is not valid JSON: ${error instanceof Error ? error.message : ""}`);
  }
  if (!Array.isArray(content)) throw usage(`${path} must hold a list of packages.`);
  return content;
}

function fromCsv(text: string): unknown[] {
  const [heading, ...records] = parseCsv(text.replace(/^\uFEFF/, ""));
  const names = heading?.map((name) => name.trim()) ?? [];
  return records.map((record) => {
    const cells = record.map((cell, column) => [names[column] ?? `column ${column + 1}`, cell] as const);
    return Object.fromEntries(cells.filter(([, cell]) => cell !== ""));
  });
}

/** Records of RFC 4180: quoted cells may hold commas, line ends and doubled quotes. Empty lines are skipped. */
export function parseCsv(text: string): string[][] {
  const records: string[][] = [];
  let record: string[] = [];
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|\r|$)/y;
  while (cell.lastIndex < text.length) {
    const at = cell.lastIndex;
    const match = cell.exec(text);
    if (match === null) throw usage(`The CSV has a quote out of place at character ${at + 1}.`);
    record.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? "");
    if (match[3] === ",") continue;
    if (record.some((value) => value !== "")) records.push(record);
    record = [];
  }
  if (record.length > 0) records.push([...record, ""]);
  return records;
}
