import { createHash } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { extname, join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

/** Below an asset folder: the compressed forms of its files, by the SHA-256 of each file. */
export const ENCODED = "encoded";
/** Files of fewer bytes than this are sent in one packet anyway. */
const WORTH_IT_BYTES = 1024;
const TEXTS = new Set([".css", ".html", ".js", ".json", ".svg", ".txt"]);

/** Each encoding with its ending and its compressor: as small as takes a second or two for all files. */
const encodings: Record<string, (content: Buffer) => Buffer> = {
  ".gz": (content) => gzipSync(content, { level: constants.Z_BEST_COMPRESSION }),
  ".br": (content) => brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }),
};

/** The name that the compressed forms of a file have, before their endings. */
export const encodedName = (content: Buffer): string =>
  createHash("sha256").update(content).digest("hex").slice(0, 32);

/**
 * Puts compressed forms of a folder's texts below it, in `encoded/`, for servers that are their own edge: Cloudflare compresses
 * by itself, and is told by `.assetsignore` to leave these alone.
 * @param before the folder that this one takes the place of: what it has compressed is taken from there
 */
export function encodeAssets(folder: string, before: string): void {
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) =>
    TEXTS.has(extname(name)),
  );
  mkdirSync(join(folder, ENCODED), { recursive: true });
  for (const name of names) {
    const content = readFileSync(join(folder, name));
    if (content.length < WORTH_IT_BYTES) continue;
    for (const [ending, compress] of Object.entries(encodings)) {
      const file = join(ENCODED, encodedName(content) + ending);
      if (existsSync(join(before, file))) copyFileSync(join(before, file), join(folder, file));
      else writeFileSync(join(folder, file), compress(content));
    }
  }
  writeFileSync(join(folder, ".assetsignore"), `${ENCODED}\n`);
}
