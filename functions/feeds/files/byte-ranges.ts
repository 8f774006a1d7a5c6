/** Bytes from `start` to `end`, both included. */
export type ByteRange = { start: number; end: number };

/** The most ranges in one answer. electron-updater asks for several hundred of a large app. */
const MOST_RANGES = 1000;
/** The most bytes in such an answer, which, unlike a whole file, passes through the server. */
const MOST_BYTES = 64 * 1024 * 1024;

/**
 * Reads a Range header that asks for several ranges (RFC 9110, section 14.1.2), in the order of the header.
 * @returns null for a single range, and for more than one answer may have: such a request gets the whole file
 */
export function readManyRanges(header: string | undefined, size: number): ByteRange[] | null {
  const list = /^bytes\s*=(.*)$/i.exec(header?.trim() ?? "")?.[1]?.split(",");
  if (!list || list.length < 2 || list.length > MOST_RANGES) return null;
  const ranges = list.map((text) => readRange(text, size));
  if (!ranges.every((range) => range !== null)) return null;
  const bytes = ranges.reduce((sum, { start, end }) => sum + end - start + 1, 0);
  return bytes <= MOST_BYTES ? ranges : null;
}

function readRange(text: string, size: number): ByteRange | null {
  const match = /^\s*(\d+)\s*-\s*(\d*)\s*$/.exec(text);
  if (!match) return null;
  const start = Number(match[1]);
  const end = Math.min(match[2] === "" ? size - 1 : Number(match[2]), size - 1);
  return start <= end ? { start, end } : null;
}

/**
 * Two ranges with a gap up to this size are read from the bucket together, because the gap costs less than another request.
 * Bytes.
 */
const GAP_BYTES = 128 * 1024;

/**
 * The reads of the bucket that ranges need, in the order of the ranges. Ranges that follow each other closely share a read.
 */
export function planReads(ranges: readonly ByteRange[]): (ByteRange & { ranges: ByteRange[] })[] {
  const reads: (ByteRange & { ranges: ByteRange[] })[] = [];
  for (const range of ranges) {
    const last = reads.at(-1);
    const gap = last ? range.start - last.end - 1 : Infinity;
    if (last && gap >= 0 && gap <= GAP_BYTES) {
      last.end = range.end;
      last.ranges.push(range);
    } else reads.push({ ...range, ranges: [range] });
  }
  return reads;
}
