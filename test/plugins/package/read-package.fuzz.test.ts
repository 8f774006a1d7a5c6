import { expect, test } from "vitest";
import { AppError } from "../../../functions/core/errors.ts";
import { message } from "../../../functions/core/locale/locale.ts";
import { asInvalidPlugin } from "../../../functions/plugins/invalid-plugins.ts";
import { readPluginPackage } from "../../../functions/plugins/package/read-package.ts";
import { sourceOf, zipPieces, type EntrySpec, type Piece } from "../../support/zip.ts";

const ROUNDS = 10_000;
const MIB = 1024 * 1024;

const manifest = JSON.stringify({
  name: "com.example.myplugin",
  version: "1.2.3-rc.1+7",
  main: "bin/MyPlugin.dll",
  entryClass: "MyPlugin.PluginEntry",
  homepage: "https://example.com",
  dependencies: { "com.other.plugin": ">=1.0.0 <2" },
  engines: { MicroDock: "^2 || ^3" },
});

const PLUGIN: EntrySpec = { name: "plugin.json", content: manifest };
const MAIN: EntrySpec = { name: "bin/MyPlugin.dll", content: "MZ".repeat(50) };
const FOLDER: EntrySpec = { name: "bin/" };

/** Sound archives, one of each way to write them; the last is too large to be in the tail that is read first. */
const archives: Piece[][] = [
  zipPieces([PLUGIN, FOLDER, MAIN]),
  zipPieces([MAIN, { ...PLUGIN, stored: true }], { comment: "a comment" }),
  zipPieces(
    [
      { ...PLUGIN, zip64: true },
      { ...MAIN, zip64: true },
    ],
    { zip64: true },
  ),
  zipPieces([FOLDER, { ...MAIN, descriptor: "plain" }, { ...PLUGIN, descriptor: "signed" }]),
  zipPieces([{ ...PLUGIN, descriptor: "wide", zip64: true }, MAIN], { zip64: true, comment: "x" }),
  zipPieces([PLUGIN, MAIN, { name: "large", content: MIB }], { zip64: true }),
];

test(`${ROUNDS} mutated packages are read or refused, and nothing else`, async () => {
  const random = generator(20261121);
  const seen = new Map<string, number>();
  const arrayBuffers = process.memoryUsage().arrayBuffers;
  for (let round = 0; round < ROUNDS; round++) {
    const source = sourceOf(...mutate(pick(archives, random), random));
    const outcome = await outcomeOf(source, round);
    expect(source.reads, `reads of round ${round}`).toBeLessThanOrEqual(5);
    expect(source.bytes, `bytes of round ${round}`).toBeLessThanOrEqual(2 * MIB);
    seen.set(outcome, (seen.get(outcome) ?? 0) + 1);
  }
  expect(process.memoryUsage().arrayBuffers - arrayBuffers).toBeLessThan(128 * MIB);
  // Else the mutations would all end at the first check.
  expect(seen.get("manifest")).toBeGreaterThan(ROUNDS / 100);
  expect(seen.size).toBeGreaterThan(30);
});

/** "manifest", or the fault in the package. */
async function outcomeOf(source: ReturnType<typeof sourceOf>, round: number): Promise<string> {
  try {
    const { name, displayName, engines } = await readPluginPackage(source);
    expect([typeof name, typeof displayName, typeof engines]).toEqual(["string", "string", "object"]);
    return "manifest";
  } catch (thrown) {
    const error = asInvalidPlugin(thrown);
    if (!(error instanceof AppError) || error.code !== "INVALID_PLUGIN") {
      throw new Error(`round ${round}`, { cause: thrown });
    }
    expect(message("en", error.code, error.params)).not.toMatch(
      /\{(entry|other|field|limit|name|range|detail|problem)\}/,
    );
    return String(error.params.reason);
  }
}

type Random = (below: number) => number;

/** Repeatable pseudo-random integers below a bound. */
function generator(seed: number): Random {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

function pick<T>(from: readonly T[], random: Random): T {
  return from[random(from.length)] as T;
}

function mutate(pieces: Piece[], random: Random): Piece[] {
  if (random(5) === 0) return mutateManifest(random);
  // The pieces before and after the one that is only counted are changed each as one.
  const merged: Piece[] = [];
  for (const piece of pieces) {
    const last = merged.at(-1);
    const mergeable = typeof piece !== "number" && last !== undefined && typeof last !== "number";
    if (mergeable) merged[merged.length - 1] = Buffer.concat([last, piece]);
    else if (piece !== 0) merged.push(piece);
  }
  const changes = 1 + random(3);
  for (let change = 0; change < changes; change++) {
    const index = random(merged.length);
    const piece = merged[index];
    if (piece === undefined || typeof piece === "number" || piece.length < 4) continue;
    merged[index] = pick(mutations, random)(Buffer.from(piece), random);
  }
  return merged;
}

/** A sound archive around a manifest that is not. */
function mutateManifest(random: Random): Piece[] {
  const tokens = [
    '"',
    "{",
    "}",
    ":",
    ",",
    "1",
    "null",
    "[]",
    "\\",
    "..",
    "/",
    "a",
    "\0",
    "\\u0000",
    "\\ud800",
  ];
  let content = manifest;
  for (let change = 0; change <= random(3); change++) {
    const at = random(content.length);
    content = content.slice(0, at) + pick(tokens, random) + content.slice(at + random(8));
  }
  return zipPieces([{ name: "plugin.json", content }, MAIN]);
}

const SIGNATURES = new Set([0x04034b50, 0x02014b50, 0x06054b50, 0x06064b50, 0x07064b50, 0x08074b50]);
const VALUES = [0, 1, 8, 0x20, 0x7f, 0x800, 0xffff, 0x10000, 0x7fff_ffff, 0xffff_fffe, 0xffff_ffff];

const mutations: readonly ((bytes: Buffer, random: Random) => Buffer)[] = [
  function flipBits(bytes, random) {
    for (let flip = 0; flip <= random(4); flip++) {
      const at = random(bytes.length);
      bytes[at] = (bytes[at] ?? 0) ^ (1 << random(8));
    }
    return bytes;
  },
  function cutShort(bytes, random) {
    return bytes.subarray(0, random(bytes.length));
  },
  function takeOut(bytes, random) {
    const at = random(bytes.length);
    return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + random(60))]);
  },
  function repeat(bytes, random) {
    const at = random(bytes.length);
    return Buffer.concat([bytes.subarray(0, at + random(60)), bytes.subarray(at)]);
  },
  function splice(bytes, random) {
    const others = pick(archives, random).filter((piece) => typeof piece !== "number");
    const other = pick(others, random);
    const at = random(bytes.length);
    return Buffer.concat([bytes.subarray(0, at), other, bytes.subarray(at)]);
  },
  editField,
  editField,
  editField,
  editField,
  function editName(bytes, random) {
    const at = bytes.indexOf(pick(["plugin.json", "bin/"], random), random(bytes.length));
    if (at >= 0) bytes.write(pick(["/", "\\", "\0", "..", "../", "C:", "a//", "P", "\u00ff"], random), at);
    return bytes;
  },
];

/** Writes a value that matters, or one near the true one, to a field of one of the records. */
function editField(bytes: Buffer, random: Random): Buffer {
  const records: number[] = [];
  for (let at = 0; at + 4 <= bytes.length; at++) {
    if (SIGNATURES.has(bytes.readUInt32LE(at))) records.push(at);
  }
  const width = pick([1, 2, 4], random);
  const at = (records.length > 0 ? pick(records, random) : 0) + random(56);
  if (at + width > bytes.length) return bytes;
  const old = bytes.readUIntLE(at, width);
  const value = random(2) === 0 ? pick(VALUES, random) : old + random(5) - 2;
  bytes.writeUIntLE(Math.max(0, value) % 2 ** (8 * width), at, width);
  return bytes;
}
