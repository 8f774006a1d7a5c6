/** A reflected polynomial's low and high 32 bits, and the bytes of its sums. */
type Polynomial = { low: number; high: number; bytes: 4 | 8 };

/** Castagnoli's. */
export const CRC32C: Polynomial = { low: 0x82f63b78, high: 0, bytes: 4 };
/** That of the NVM Express specification. */
export const CRC64NVME: Polynomial = { low: 0xac4bc9b5, high: 0x9a6c9329, bytes: 8 };

type Tables = { low: Uint32Array; high: Uint32Array };

/** Eight tables of 256 remainders each, one behind the other: what a byte is worth with 0 to 7 bytes after it. */
function makeTables({ low: polynomialLow, high: polynomialHigh }: Polynomial): Tables {
  const [low, high] = [new Uint32Array(2048), new Uint32Array(2048)];
  for (let at = 0; at < 256; at++) {
    let [l, h] = [at, 0];
    for (let bit = 0; bit < 8; bit++) {
      const odd = l & 1;
      l = (l >>> 1) | (h << 31);
      h >>>= 1;
      if (odd) [l, h] = [l ^ polynomialLow, h ^ polynomialHigh];
    }
    [low[at], high[at]] = [l, h];
  }
  for (let at = 256; at < 2048; at++) {
    const [l, h] = [low[at - 256] ?? 0, high[at - 256] ?? 0];
    low[at] = ((l >>> 8) | (h << 24)) ^ (low[l & 255] ?? 0);
    high[at] = (h >>> 8) ^ (high[l & 255] ?? 0);
  }
  return { low, high };
}

const made = new Map<Polynomial, Tables>();

/**
 * A CRC that Node has not got, over chunks.
 * Method: slicing by 8 (Kounavis and Berry, "A Systematic Approach to Building High Performance Software-based CRC
 * Generators").
 */
export function createCrc(polynomial: Polynomial): { update(chunk: Uint8Array): void; digest(): Buffer } {
  const tables = made.get(polynomial) ?? makeTables(polynomial);
  made.set(polynomial, tables);
  let [low, high] = [-1, polynomial.bytes === 8 ? -1 : 0];
  return {
    update(chunk) {
      [low, high] = advance(tables, chunk, low, high);
    },
    digest() {
      const sum = Buffer.alloc(8);
      sum.writeUInt32BE(~high >>> 0, 0);
      sum.writeUInt32BE(~low >>> 0, 4);
      return sum.subarray(8 - polynomial.bytes);
    },
  };
}

function advance(tables: Tables, chunk: Uint8Array, l: number, h: number): [number, number] {
  const { low, high } = tables;
  const view = new DataView(chunk.buffer, chunk.byteOffset, chunk.length);
  const whole = chunk.length - (chunk.length % 8);
  for (let at = 0; at < whole; at += 8) {
    l ^= view.getInt32(at, true);
    h ^= view.getInt32(at + 4, true);
    const a = 1792 + (l & 255);
    const b = 1536 + ((l >>> 8) & 255);
    const c = 1280 + ((l >>> 16) & 255);
    const d = 1024 + (l >>> 24);
    const e = 768 + (h & 255);
    const f = 512 + ((h >>> 8) & 255);
    const g = 256 + ((h >>> 16) & 255);
    const i = h >>> 24;
    l = sum(low, a, b, c, d) ^ sum(low, e, f, g, i);
    h = sum(high, a, b, c, d) ^ sum(high, e, f, g, i);
  }
  for (let at = whole; at < chunk.length; at++) {
    const byte = (l ^ (chunk[at] ?? 0)) & 255;
    l = ((l >>> 8) | (h << 24)) ^ (low[byte] ?? 0);
    h = (h >>> 8) ^ (high[byte] ?? 0);
  }
  return [l, h];
}

function sum(table: Uint32Array, a: number, b: number, c: number, d: number): number {
  return (table[a] ?? 0) ^ (table[b] ?? 0) ^ (table[c] ?? 0) ^ (table[d] ?? 0);
}
