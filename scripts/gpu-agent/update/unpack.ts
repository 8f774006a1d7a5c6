import { gunzipSync } from "node:zlib";

const BLOCK = 512;
/** Bytes of all files in the tarball; an agent has about one MiB. */
const MAX_UNPACKED = 64 * 1024 * 1024;
const PROGRAM = "package/slipway-agent.mjs";

/**
 * The agent's program in the tarball of its package.
 * @throws Error where the bytes are no such tarball
 */
export function unpackProgram(tarball: Uint8Array): Buffer {
  const files = unzip(tarball);
  for (let at = 0; at + BLOCK <= files.length;) {
    const head = files.subarray(at, at + BLOCK);
    const [name, octal] = [textOf(head, 0, 100), textOf(head, 124, 136).trim()];
    if (name === "") break;
    const size = /^[0-7]+$/.test(octal) ? Number.parseInt(octal, 8) : Number.NaN;
    const begin = at + BLOCK;
    if (!Number.isSafeInteger(size) || begin + size > files.length) break;
    if (name === PROGRAM) return files.subarray(begin, begin + size);
    at = begin + Math.ceil(size / BLOCK) * BLOCK;
  }
  throw new Error(`the package is no tarball with ${PROGRAM} in it`);
}

function unzip(tarball: Uint8Array): Buffer {
  try {
    return gunzipSync(tarball, { maxOutputLength: MAX_UNPACKED });
  } catch (cause) {
    throw new Error("the package cannot be unpacked", { cause });
  }
}

const textOf = (head: Buffer, from: number, to: number) =>
  head.toString("latin1", from, to).replace(/\0.*$/s, "");
