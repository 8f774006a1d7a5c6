import { randomBytes } from "node:crypto";
import { createWriteStream } from "node:fs";
import { open } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { ZipFile } from "yazl";
import { readPluginPackage } from "../../functions/plugins/package/read-package.ts";
import type { Bench } from "./bench-stack.ts";
import { atMost } from "./figure.ts";
import type { Figure } from "./figure.ts";

const MIB = 1024 * 1024;
const KIB = 1024;
const ARCHIVE_BYTES = 100 * MIB;
const MOST_READS = 5;
const MOST_KIB = 200;

/** Archives with a manifest, one large file, and the number of other files given here. */
const archives: readonly { what: string; files: number; comment?: string; zip64?: boolean }[] = [
  { what: "2 files", files: 2 },
  { what: "1,000 files", files: 1_000 },
  { what: "1,000 files, the longest comment", files: 1_000, comment: "x".repeat(65_535) },
  { what: "1,000 files, zip64", files: 1_000, zip64: true },
];

/**
 * How many ranged reads and bytes it takes to read the manifest in a package of 100 MiB. The archives are written by a
 * program that users have.
 */
export async function measureManifest(bench: Bench): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const { what, ...shape } of archives) {
    bench.say(`manifest of 100 MiB: ${what}`);
    const path = join(bench.folder, "plugin.zip");
    await writeArchive(path, shape);
    const { reads, bytes } = await countReads(path);
    const name = `manifest of 100 MiB, ${what}`;
    figures.push(atMost(MOST_READS, "reads", `${name}: ranged reads`, [reads]));
    figures.push(atMost(MOST_KIB, "KiB", `${name}: bytes read`, [bytes / KIB]));
  }
  return figures;
}

async function countReads(path: string): Promise<{ reads: number; bytes: number }> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    if (size < ARCHIVE_BYTES) throw new Error(`the archive has ${size} bytes`);
    let reads = 0;
    let bytes = 0;
    const read = async (start: number, end: number) => {
      const length = end - start + 1;
      reads++;
      bytes += length;
      return (await file.read(new Uint8Array(length), 0, length, start)).buffer;
    };
    await readPluginPackage({ size, read });
    return { reads, bytes };
  } finally {
    await file.close();
  }
}

async function writeArchive(
  path: string,
  { files, comment = "", zip64 = false }: { files: number; comment?: string; zip64?: boolean },
): Promise<void> {
  const archive = new ZipFile();
  const manifest = {
    name: "com.example.large",
    version: "1.0.0",
    main: "Large.dll",
    entryClass: "Large.PluginEntry",
    changelog: randomBytes(4 * KIB).toString("base64"),
  };
  const options = { compress: true, forceZip64Format: zip64 };
  archive.addBuffer(Buffer.from(JSON.stringify(manifest)), "plugin.json", options);
  archive.addReadStreamLazy("Large.dll", { ...options, compress: false }, (give) =>
    give(null, Readable.from(noise())),
  );
  for (let index = 2; index < files; index++) {
    archive.addBuffer(Buffer.from(`${index}`), `resources/image-${index}.png`, options);
  }
  archive.end({ comment, forceZip64Format: zip64 });
  await pipeline(archive.outputStream, createWriteStream(path));
}

function* noise(): Generator<Buffer> {
  const block = randomBytes(MIB);
  for (let written = 0; written < ARCHIVE_BYTES; written += MIB) yield block;
}
