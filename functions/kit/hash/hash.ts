import { createHash, timingSafeEqual } from "node:crypto";
import { wasmHashes, type WasmHash } from "./wasm-hash.ts";

/** Hashes of one content, each in lower-case hex; empty where one was not taken. */
export type ContentDigests = { sha256: string; sha1: string; sha512: string };
export type HashName = keyof ContentDigests;

/** hash-wasm's code, compiled when the Worker is deployed, because Workers may not compile at run time. */
export type HashModules = Record<HashName, WebAssembly.Module>;

/** Takes several hashes of content in one pass. */
export type Hasher = {
  /** Bytes taken so far, including those before a restored state. */
  readonly bytes: number;
  update(bytes: Uint8Array): void;
  /** The digests in lower-case hex. To be called once everything is taken. */
  digest(): ContentDigests;
};

export type ResumableHasher = Hasher & {
  /** The state as text, from which hashing can go on later, elsewhere. It may contain up to 127 of the hashed bytes. */
  save(): string;
};

/** The hash that verification needs of all content. Other hashes are for kinds of upload whose clients ask for them. */
export const SHA256_ALONE: readonly HashName[] = ["sha256"];

/** To be raised whenever the .wasm files change, because states of another build mean something else. */
const STATE_VERSION = 2;
const HEADER_BYTES = 9;
const CHECKSUM_BYTES = 8;

/** The runtime's own hashes. They are several times as fast as the resumable ones, but their state cannot be saved. */
export function createNativeHasher(names: readonly HashName[]): Hasher {
  const hashes = names.map((name) => [name, createHash(name)] as const);
  let bytes = 0;
  return {
    get bytes() {
      return bytes;
    },
    update(chunk) {
      for (const [, hash] of hashes) hash.update(chunk);
      bytes += chunk.length;
    },
    digest: () => digestsOf(hashes.map(([name, hash]) => [name, hash.digest("hex")])),
  };
}

/**
 * Hashes in WebAssembly, for a pass that can be interrupted.
 * @param state the result of `save()` of an earlier hasher with the same names
 * @throws RangeError for a state that is damaged, of another version or of other hashes
 */
export function createResumableHasher(
  modules: HashModules,
  names: readonly HashName[],
  state?: string,
): ResumableHasher {
  const hashes = names.map((name) => [name, wasmHashes[name](modules[name])] as const);
  const all = hashes.map(([, hash]) => hash);
  let bytes = state === undefined ? 0 : restore(all, state);

  return {
    get bytes() {
      return bytes;
    },
    update(chunk) {
      for (const hash of all) hash.update(chunk);
      bytes += chunk.length;
    },
    save() {
      const header = Buffer.alloc(HEADER_BYTES);
      header.writeUInt8(STATE_VERSION, 0);
      header.writeBigUInt64BE(BigInt(bytes), 1);
      const content = Buffer.concat([header, ...all.map((hash) => hash.state())]);
      return Buffer.concat([content, checksum(content)]).toString("base64");
    },
    digest: () => digestsOf(hashes.map(([name, hash]) => [name, Buffer.from(hash.digest()).toString("hex")])),
  };
}

const digestsOf = (taken: [HashName, string][]): ContentDigests => ({
  sha256: "",
  sha1: "",
  sha512: "",
  ...Object.fromEntries(taken),
});

/** SHA-256 of a text's UTF-8 in lower-case hex, for keys that are stored hashed. */
export function sha256Hex(text: string): string {
  return createHash("sha256").update(text, "utf8").digest("hex");
}

/** Whether two texts are equal. The time that it takes tells neither where they differ nor how long they are. */
export function timingSafeEqualText(a: string, b: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text, "utf8").digest();
  return timingSafeEqual(digest(a), digest(b));
}

/** Restores saved states. @returns the byte count that was saved with them. */
function restore(hashes: WasmHash[], state: string): number {
  const saved = Buffer.from(state, "base64");
  const sizes = hashes.map((hash) => hash.state().length);
  const end = sizes.reduce((sum, size) => sum + size, HEADER_BYTES);
  const content = saved.subarray(0, end);
  const intact =
    saved.length === end + CHECKSUM_BYTES &&
    saved.toString("base64") === state &&
    content[0] === STATE_VERSION &&
    checksum(content).equals(saved.subarray(end));
  if (!intact) throw new RangeError("the saved hash state is damaged or of another version");

  let offset = HEADER_BYTES;
  for (const hash of hashes) {
    const size = hash.state().length;
    hash.restore(content.subarray(offset, offset + size));
    offset += size;
  }
  return Number(content.readBigUInt64BE(1));
}

function checksum(content: Uint8Array): Buffer {
  return createHash("sha256").update(content).digest().subarray(0, CHECKSUM_BYTES);
}
