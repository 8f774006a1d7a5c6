import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";

/** How much is hashed at a time, so little that a web page stays responsive. */
const PIECE_BYTES = 4 * 1024 * 1024;

type Running = { update(bytes: Uint8Array): unknown; hex(): string };

/**
 * The runtime's own hash where that can be given a file in pieces (Node, Workers with nodejs_compat), else one in
 * JavaScript.
 */
function begin(): Running {
  const own = globalThis.process?.getBuiltinModule?.("node:crypto").createHash("sha256");
  if (own) return { update: (bytes) => own.update(bytes), hex: () => own.digest("hex") };
  const hash = sha256.create();
  return { update: (bytes) => hash.update(bytes), hex: () => bytesToHex(hash.digest()) };
}

/** SHA-256 of a Blob in hex. It is read piece by piece, so that memory does not grow with its size. */
export async function sha256Of(
  content: Blob,
  signal: AbortSignal,
  onBytes: (done: number) => void,
): Promise<string> {
  const hash = begin();
  for (let at = 0; at < content.size; at += PIECE_BYTES) {
    signal.throwIfAborted();
    hash.update(new Uint8Array(await content.slice(at, at + PIECE_BYTES).arrayBuffer()));
    onBytes(Math.min(at + PIECE_BYTES, content.size));
  }
  return hash.hex();
}

/** SHA-256 of a part in hex, by the runtime's own hash, which takes all of it at once. */
export async function sha256OfPart(part: Blob): Promise<string> {
  return bytesToHex(new Uint8Array(await crypto.subtle.digest("SHA-256", await part.arrayBuffer())));
}
