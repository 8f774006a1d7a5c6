import { wasmHashes } from "../../../kit/hash/wasm-hash.ts";

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
  // A stream costs half of what reading slice after slice does, and what comes next is read while this is hashed.
  const reader = content.stream().getReader();
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    main.update(read.value);
    further?.update(read.value);
  }
  return { sha256: hexOf(main.digest()), ...(further && { other: hexOf(further.digest()) }) };
}

const begin = async (name: HashName) =>
  wasmHashes[name](await WebAssembly.compileStreaming(fetch(modules[name])));

const hexOf = (bytes: Uint8Array) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

addEventListener("message", ({ data }: MessageEvent<HashQuestion>) => {
  hash(data).then(postMessage, (error: unknown) => postMessage({ problem: String(error) }));
});
