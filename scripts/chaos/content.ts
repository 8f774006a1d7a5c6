import { createHash, randomBytes } from "node:crypto";

const MIB = 1024 * 1024;
/** Too large for a single PUT, so that the server signs parts. */
export const LARGE_BYTES = 70 * MIB;
const noise = randomBytes(LARGE_BYTES);

export type Content = { bytes: Buffer; sha256: string };

/** Bytes that no other call returns. */
export function uniqueContent(size: number): Content {
  const bytes = Buffer.from(noise.subarray(0, size));
  randomBytes(16).copy(bytes);
  return { bytes, sha256: createHash("sha256").update(bytes).digest("hex") };
}
