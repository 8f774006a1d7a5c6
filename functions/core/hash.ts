import { createHash, timingSafeEqual } from "node:crypto";
import { openChunks } from "./byte-stream.ts";
import { createWasmHash, type WasmHash } from "./hash/wasm-hash.ts";

/** hash-wasm's code, compiled at deploy time: Workers may not compile at run time. */
export type HashModules = Record<HashName, WebAssembly.Module>;
export type ContentDigests = Record<HashName, string>;
type HashName = "sha256" | "sha1" | "sha512" | "md5";

export type ContentHasher = {
  /** Bytes taken so far, those before a restored state included. */
  readonly bytes: number;
  update(bytes: Uint8Array): void;
  /** The state as text, to go on later, elsewhere. It may contain up to 127 of the bytes hashed. */
  save(): string;
  /** All four digests in lower-case hex; later updates go on as if it had not been called. */
  digest(): ContentDigests;
};

/** To be raised whenever the .wasm files change: the states of another build mean something else. */
const STATE_VERSION = 1;
const HEADER_BYTES = 9;
const CHECKSUM_BYTES = 8;

/** Bytes per read: below it the reads cost more than the hashing. */
const READ_BYTES = 1024 * 1024;

/**
 * Takes SHA-256, SHA-1, SHA-512 and MD5 of content in one pass that can be interrupted.
 * @param state what `save()` of an earlier hasher gave
 * @throws RangeError for a state that is damaged or of another version
 */
export function createContentHasher(modules: HashModules, state?: string): ContentHasher {
  const hashes: [HashName, WasmHash][] = [
    ["sha256", createWasmHash(modules.sha256, 32, 256)],
    ["sha1", createWasmHash(modules.sha1, 20)],
    ["sha512", createWasmHash(modules.sha512, 64, 512)],
    ["md5", createWasmHash(modules.md5, 16)],
  ];
  let bytes = state === undefined ? 0 : restore(hashes, state);

  return {
    get bytes() {
      return bytes;
    },
    update(chunk) {
      for (const [, hash] of hashes) hash.update(chunk);
      bytes += chunk.length;
    },
    save() {
      const header = Buffer.alloc(HEADER_BYTES);
      header.writeUInt8(STATE_VERSION, 0);
      header.writeBigUInt64BE(BigInt(bytes), 1);
      const content = Buffer.concat([header, ...hashes.map(([, hash]) => hash.state())]);
      return Buffer.concat([content, checksum(content)]).toString("base64");
    },
    digest() {
      const digests: ContentDigests = { sha256: "", sha1: "", sha512: "", md5: "" };
      for (const [name, hash] of hashes) digests[name] = Buffer.from(hash.digest()).toString("hex");
      return digests;
    },
  };
}

/** Feeds a whole stream to a hasher. @returns the bytes it added; the stream's own errors pass through. */
export async function hashStream(
  stream: ReadableStream<Uint8Array>,
  hasher: Pick<ContentHasher, "update">,
): Promise<number> {
  const reader = openChunks(stream, READ_BYTES);
  let bytes = 0;
  for (let chunk = await reader.next(); chunk !== null; chunk = await reader.next()) {
    hasher.update(chunk);
    bytes += chunk.length;
  }
  return bytes;
}

/** SHA-256 of a text's UTF-8 in lower-case hex, for keys that are stored hashed. */
export function sha256Hex(text: string): string {
  return createHash("sha256").update(text, "utf8").digest("hex");
}

/** Whether two texts are equal, in a time that tells nothing of where they differ, nor of their lengths. */
export function timingSafeEqualText(a: string, b: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text, "utf8").digest();
  return timingSafeEqual(digest(a), digest(b));
}

/** Puts saved states back. @returns the byte count saved with them. */
function restore(hashes: [HashName, WasmHash][], state: string): number {
  const saved = Buffer.from(state, "base64");
  const sizes = hashes.map(([, hash]) => hash.state().length);
  const end = sizes.reduce((sum, size) => sum + size, HEADER_BYTES);
  const content = saved.subarray(0, end);
  const intact =
    saved.length === end + CHECKSUM_BYTES &&
    saved.toString("base64") === state &&
    content[0] === STATE_VERSION &&
    checksum(content).equals(saved.subarray(end));
  if (!intact) throw new RangeError("the saved hash state is damaged or of another version");

  let offset = HEADER_BYTES;
  for (const [, hash] of hashes) {
    const size = hash.state().length;
    hash.restore(content.subarray(offset, offset + size));
    offset += size;
  }
  return Number(content.readBigUInt64BE(1));
}

function checksum(content: Uint8Array): Buffer {
  return createHash("sha256").update(content).digest().subarray(0, CHECKSUM_BYTES);
}
