import { ZipError } from "./fault.ts";

/** Bytes that can be read in parts: a staged upload, a file, memory. */
export type ZipSource = {
  /** Bytes. */
  size: number;
  /** The bytes from `start` to `end`, both included. */
  read(start: number, end: number): Promise<Uint8Array>;
};

/** A source of which the last bytes are in memory. */
export type ZipFile = {
  size: number;
  /** The last bytes of the file. */
  tail: Uint8Array;
  /** The bytes from `start` up to `end`, which is not included. One read at most. */
  read(start: number, end: number): Promise<Uint8Array>;
};

/** Values of a record's 16- and 32-bit fields that refer to the zip64 field. */
export const MASK_16 = 0xffff;
export const MASK_32 = 0xffff_ffff;

/** Reads the last `tailBytes` in one read and keeps them: a small archive's directory is among them. */
export async function openTail(source: ZipSource, tailBytes: number): Promise<ZipFile> {
  const { size } = source;
  const fetch = async (start: number, end: number) => {
    if (end <= start) return new Uint8Array();
    const bytes = await source.read(start, end - 1);
    if (bytes.length !== end - start) throw new Error(`a read gave ${bytes.length} of ${end - start} bytes`);
    return bytes;
  };
  const tailStart = Math.max(0, size - tailBytes);
  const tail = await fetch(tailStart, size);
  return {
    size,
    tail,
    async read(start, end) {
      if (start >= tailStart) return tail.subarray(start - tailStart, end - tailStart);
      if (end <= tailStart) return fetch(start, end);
      const bytes = new Uint8Array(end - start);
      bytes.set(await fetch(start, tailStart));
      bytes.set(tail.subarray(0, end - tailStart), tailStart - start);
      return bytes;
    },
  };
}

export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** @throws ZipError numberTooLarge for what a JS number cannot hold exactly */
export function getUint64(view: DataView, at: number): number {
  const value = view.getUint32(at + 4, true) * 2 ** 32 + view.getUint32(at, true);
  if (!Number.isSafeInteger(value)) throw new ZipError("numberTooLarge");
  return value;
}

/**
 * The data of the extra field `id` in a header, if there is one.
 * @returns null where fields are cut off, or where two have this id and readers would disagree on which one counts
 */
export function findExtra(extra: Uint8Array, id: number): Uint8Array | undefined | null {
  const view = viewOf(extra);
  let found: Uint8Array | undefined;
  let at = 0;
  // Writers that align data leave up to three bytes of padding behind the last field.
  while (at + 4 <= extra.length) {
    const end = at + 4 + view.getUint16(at + 2, true);
    if (end > extra.length) return null;
    if (view.getUint16(at, true) === id) {
      if (found) return null;
      found = extra.subarray(at + 4, end);
    }
    at = end;
  }
  return found;
}

/**
 * The 32-bit fields of a header, in the order of the zip64 extra field, which holds the real values of masked ones.
 * @returns null where the field is missing or too short. Source: APPNOTE.TXT 6.3.10, section 4.5.3.
 */
export function unmask(values: readonly number[], extra: Uint8Array): number[] | null {
  const zip64 = values.includes(MASK_32) ? findExtra(extra, 0x0001) : undefined;
  if (zip64 === null) return null;
  const view = viewOf(zip64 ?? new Uint8Array());
  let at = 0;
  const result: number[] = [];
  for (const value of values) {
    if (value !== MASK_32) {
      result.push(value);
      continue;
    }
    if (at + 8 > view.byteLength) return null;
    result.push(getUint64(view, at));
    at += 8;
  }
  return result;
}
