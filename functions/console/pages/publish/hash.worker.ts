import { sha1 } from "@noble/hashes/legacy.js";
import { sha256, sha512 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";

/** How much is read at a time. */
const PIECE_BYTES = 4 * 1024 * 1024;
const others = { sha1, sha256, sha512 } as const;

export type HashQuestion = { content: Blob; other?: keyof typeof others };
export type HashAnswer = { sha256: string; other?: string } | { problem: string };

/** Takes the SHA-256 of a file, and another hash where one is asked for, in one pass. */
async function hash({ content, other }: HashQuestion): Promise<HashAnswer> {
  const [main, further] = [sha256.create(), other && others[other].create()];
  for (let at = 0; at < content.size; at += PIECE_BYTES) {
    const piece = new Uint8Array(await content.slice(at, at + PIECE_BYTES).arrayBuffer());
    main.update(piece);
    further?.update(piece);
  }
  return {
    sha256: bytesToHex(main.digest()),
    ...(further && { other: bytesToHex(further.digest()) }),
  };
}

addEventListener("message", ({ data }: MessageEvent<HashQuestion>) => {
  hash(data).then(postMessage, (error: unknown) => postMessage({ problem: String(error) }));
});
