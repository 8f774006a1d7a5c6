import { crc32, inflateRawSync } from "node:zlib";
import { unmask, viewOf, type ZipFile } from "./bytes.ts";
import { DEFLATED, DESCRIPTOR, LOCAL_BYTES, type ZipEntry } from "./directory.ts";
import { ZipError } from "./fault.ts";

const LOCAL_HEADER = 0x04034b50;
const DESCRIPTOR_SIGNATURE = 0x08074b50;
const MAX_DESCRIPTOR_BYTES = 24;

/** Bytes that are read along with an entry. Most local headers fit, so that one read is enough. */
const EXPECTED_EXTRA_BYTES = 1024;

/** Flags that may differ: how hard the compressor tried. */
const COMPRESSION_LEVEL = 0x0006;

/**
 * The content of an entry. Only its own local header may stand between the entry's start and its content, and all must end
 * before `limit`. At most two reads, and memory of at most twice `maxBytes`.
 * @throws ZipError
 */
export async function openEntry(
  file: ZipFile,
  entry: ZipEntry,
  limit: number,
  maxBytes: number,
): Promise<Uint8Array> {
  const { name, offset, compressedSize, rawName } = entry;
  if (Math.max(entry.size, compressedSize) > maxBytes) {
    throw new ZipError("entryTooLarge", { entry: name, limit: maxBytes });
  }
  const least = LOCAL_BYTES + rawName.length + compressedSize + MAX_DESCRIPTOR_BYTES;
  let end = Math.min(limit, offset + least + EXPECTED_EXTRA_BYTES);
  let bytes = await file.read(offset, end);
  const extraBytes = checkLocalHeader(bytes, entry);
  const wanted = Math.min(limit, offset + least + extraBytes);
  if (wanted > end) {
    bytes = joined(bytes, await file.read(end, wanted));
    end = wanted;
  }
  const dataStart = LOCAL_BYTES + rawName.length + extraBytes;
  const dataEnd = dataStart + compressedSize;
  if (offset + dataEnd > limit) throw new ZipError("overlap", { entry: name });
  checkSizes(bytes.subarray(LOCAL_BYTES + rawName.length, dataStart), viewOf(bytes), entry);
  if (entry.flags & DESCRIPTOR) checkDescriptor(bytes.subarray(dataEnd), entry);

  const data = bytes.subarray(dataStart, dataEnd);
  const content = entry.method === DEFLATED ? inflate(data, entry) : data.slice();
  if (crc32(content) !== entry.crc) throw new ZipError("damaged", { entry: name });
  return content;
}

/** @returns the length of the local extra fields, in bytes */
function checkLocalHeader(bytes: Uint8Array, { name, flags, method, rawName }: ZipEntry): number {
  const view = viewOf(bytes);
  const nameEnd = LOCAL_BYTES + rawName.length;
  const agrees =
    bytes.length >= nameEnd &&
    view.getUint32(0, true) === LOCAL_HEADER &&
    ((view.getUint16(6, true) ^ flags) & ~COMPRESSION_LEVEL) === 0 &&
    view.getUint16(8, true) === method &&
    view.getUint16(26, true) === rawName.length &&
    rawName.every((byte, index) => bytes[LOCAL_BYTES + index] === byte);
  if (!agrees) throw new ZipError("localHeader", { entry: name });
  return view.getUint16(28, true);
}

/** The local header repeats the directory's CRC and sizes, or holds zeros where a descriptor follows the data. */
function checkSizes(extra: Uint8Array, view: DataView, entry: ZipEntry): void {
  const sizes = unmask([view.getUint32(22, true), view.getUint32(18, true)], extra);
  const [size, compressedSize] = sizes ?? [];
  const later = (entry.flags & DESCRIPTOR) !== 0;
  const fits = (value: number | undefined, expected: number) => value === expected || (later && value === 0);
  const agrees =
    fits(size, entry.size) &&
    fits(compressedSize, entry.compressedSize) &&
    fits(view.getUint32(14, true), entry.crc);
  if (!agrees) throw new ZipError("sizes", { entry: entry.name });
}

/** A descriptor may have a signature or not, and sizes of 32 or 64 bits; nothing says which, so each form is tried. */
function checkDescriptor(bytes: Uint8Array, { name, size, compressedSize, crc }: ZipEntry): void {
  const view = viewOf(bytes);
  const word = (at: number) => (at + 4 <= bytes.length ? view.getUint32(at, true) : undefined);
  const wide = (at: number) => (word(at + 4) === 0 ? word(at) : undefined);
  const agrees = [word(0) === DESCRIPTOR_SIGNATURE ? 4 : 0, 0].some(
    (at) =>
      word(at) === crc &&
      ((word(at + 4) === compressedSize && word(at + 8) === size) ||
        (wide(at + 4) === compressedSize && wide(at + 12) === size)),
  );
  if (!agrees) throw new ZipError("sizes", { entry: name });
}

/**
 * node:zlib is used in place of DecompressionStream because it stops at a number of bytes, and tells how many it consumed.
 */
function inflate(data: Uint8Array, { name, size }: ZipEntry): Uint8Array {
  let result: { buffer: Uint8Array; engine: { bytesWritten: number } };
  try {
    result = inflateRawSync(data, {
      maxOutputLength: Math.max(1, size),
      info: true,
    }) as unknown as typeof result;
  } catch (error) {
    throw new ZipError(error instanceof RangeError ? "sizes" : "damaged", { entry: name });
  }
  if (result.buffer.length !== size || result.engine.bytesWritten !== data.length) {
    throw new ZipError("sizes", { entry: name });
  }
  return result.buffer;
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(a.length + b.length);
  bytes.set(a);
  bytes.set(b, a.length);
  return bytes;
}
