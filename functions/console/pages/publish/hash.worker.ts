import { wasmHashes } from "../../../kit/hash/wasm-hash.ts";

/** How much is read at a time: one piece is read while another is hashed. */
const PIECE_BYTES = 4 * 1024 * 1024;

/** In WebAssembly, because what browsers have of their own takes no file in pieces, and JavaScript needs twice the time. */
const modules = {
  sha1: new URL("../../../kit/hash/sha1.wasm", import.meta.url),
  sha256: new URL("../../../kit/hash/sha256.wasm", import.meta.url),
  sha512: new URL("../../../kit/hash/sha512.wasm", import.meta.url),
};
type HashName = keyof typeof modules;

export type HashQuestion = { content: Blob; other?: HashName };
export type HashAnswer = { sha256: string; other?: string } | { problem: string };

/** Takes the SHA-256 of a file, and another hash where one is asked for, in one pass. */
async function hash({ content, other }: HashQuestion): Promise<HashAnswer> {
  const [main, further] = await Promise.all([begin("sha256"), other && begin(other)]);
  for await (const piece of piecesOf(content)) {
    main.update(piece);
    further?.update(piece);
  }
  return { sha256: hexOf(main.digest()), ...(further && { other: hexOf(further.digest()) }) };
}

const begin = async (name: HashName) =>
  wasmHashes[name](await WebAssembly.compileStreaming(fetch(modules[name])));

async function* piecesOf(content: Blob): AsyncGenerator<Uint8Array> {
  const read = (at: number) => content.slice(at, at + PIECE_BYTES).arrayBuffer();
  let next = read(0);
  for (let at = PIECE_BYTES; at < content.size + PIECE_BYTES; at += PIECE_BYTES) {
    const piece = await next;
    next = read(at);
    // Where this fails, so does waiting for it.
    next.catch(() => undefined);
    yield new Uint8Array(piece);
  }
}

const hexOf = (bytes: Uint8Array) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

addEventListener("message", ({ data }: MessageEvent<HashQuestion>) => {
  hash(data).then(postMessage, (error: unknown) => postMessage({ problem: String(error) }));
});
