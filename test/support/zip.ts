import { crc32, deflateRawSync } from "node:zlib";
import type { ZipSource } from "../../functions/kit/zip/zip.ts";

type HeaderField =
  | "signature"
  | "madeBy"
  | "flags"
  | "method"
  | "crc"
  | "compressedSize"
  | "size"
  | "disk"
  | "attributes"
  | "offset";
type Fields = Partial<Record<HeaderField, number>>;

export type EntrySpec = {
  name: string | Buffer;
  /** A number is that many bytes of nothing, which are counted but not held. */
  content?: string | Buffer | number;
  stored?: boolean;
  /** What stands behind the data instead of in the local header; "wrong" is one of other sizes. */
  descriptor?: "signed" | "plain" | "wide" | "wrong";
  /** Sizes and offset in zip64 fields. */
  zip64?: boolean;
  /** Of both headers. */
  extra?: Buffer;
  localExtra?: Buffer;
  localName?: string;
  /** What the headers say, true or not. */
  central?: Fields;
  local?: Fields;
};

export type EndSpec = {
  comment?: Buffer | string;
  zip64?: boolean;
  /** What the end record says, true or not; of zip64, what that says. */
  fields?: Partial<Record<"disk" | "directoryDisk" | "countHere" | "count" | "size" | "start", number>>;
  /** Bytes that the offsets do not count, in front of all. */
  prefix?: Buffer;
  /** Bytes between the entries and the directory. */
  gap?: Buffer;
  suffix?: Buffer;
};

/** Bytes, or a number of bytes of nothing. */
export type Piece = Buffer | number;

const MASK = 0xffff_ffff;

/** Writes an archive byte by byte as it is told to, sound or not. */
export function zipPieces(entries: EntrySpec[], end: EndSpec = {}): Piece[] {
  const pieces: Piece[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const entry of entries) {
    const written = writeEntry(entry, offset);
    pieces.push(...written.local);
    central.push(written.central);
    offset += lengthOf(written.local);
  }
  if (end.gap) pieces.push(end.gap);
  const start = offset + (end.gap?.length ?? 0);
  const directory = Buffer.concat(central);
  const records = writeEnd(entries.length, start, directory.length, end);
  return [end.prefix ?? 0, ...pieces, directory, ...records, end.suffix ?? 0];
}

/** The same in memory. */
export function zip(entries: EntrySpec[], end: EndSpec = {}): Buffer {
  return Buffer.concat(
    zipPieces(entries, end).map((piece) => (typeof piece === "number" ? Buffer.alloc(piece) : piece)),
  );
}

export type CountingSource = ZipSource & { reads: number; bytes: number };

/** A source of these bytes that counts what is read, and throws where a read is not of bytes that are there. */
export function sourceOf(...pieces: Piece[]): CountingSource {
  const size = lengthOf(pieces);
  const source: CountingSource = {
    size,
    reads: 0,
    bytes: 0,
    read: (start, end) => {
      if (!(Number.isInteger(start) && Number.isInteger(end) && start >= 0 && end >= start && end < size)) {
        throw new Error(`a read of ${start} to ${end} among ${size} bytes`);
      }
      source.reads++;
      source.bytes += end - start + 1;
      return Promise.resolve(cut(pieces, start, end + 1));
    },
  };
  return source;
}

export function u16(...values: number[]): Buffer {
  return Buffer.concat(values.map((value) => number(value, 2)));
}

export function u32(...values: number[]): Buffer {
  return Buffer.concat(values.map((value) => number(value, 4)));
}

export function u64(...values: number[]): Buffer {
  return Buffer.concat(values.map((value) => number(value, 8)));
}

export function extraField(id: number, data: Buffer): Buffer {
  return Buffer.concat([u16(id, data.length), data]);
}

/** The field by which some writers add a name in UTF-8 to one in another code page. */
export function unicodePath(raw: string | Buffer, name: string): Buffer {
  return extraField(0x7075, Buffer.concat([Buffer.of(1), u32(crc32(raw)), Buffer.from(name)]));
}

function writeEntry(entry: EntrySpec, offset: number): { local: Piece[]; central: Buffer } {
  const { content = "", descriptor, zip64, extra = Buffer.of() } = entry;
  const plain = typeof content === "string" ? Buffer.from(content) : content;
  const stored = entry.stored === true || typeof plain === "number";
  const data = typeof plain === "number" ? plain : stored ? plain : deflateRawSync(plain);
  const size = typeof plain === "number" ? plain : plain.length;
  const compressedSize = typeof data === "number" ? data : data.length;
  const crc = typeof plain === "number" ? 0 : crc32(plain);
  const name = Buffer.from(entry.name as string);
  const masked = zip64 ? MASK : undefined;
  const common = {
    madeBy: 0x0314,
    flags: 0x0800 | (descriptor ? 0x0008 : 0),
    method: stored ? 0 : 8,
    crc,
    compressedSize: masked ?? compressedSize,
    size: masked ?? size,
    disk: 0,
    attributes: 0,
    offset: masked ?? offset,
  };
  const central = { signature: 0x02014b50, ...common, ...entry.central };
  const later = descriptor ? { crc: 0, compressedSize: masked ?? 0, size: masked ?? 0 } : {};
  const local = { signature: 0x04034b50, ...common, ...later, ...entry.local };
  const sizes = descriptor ? u64(0, 0) : u64(size, compressedSize);
  const localName = Buffer.from(entry.localName ?? name);
  const localExtra = Buffer.concat([
    zip64 ? extraField(1, sizes) : Buffer.of(),
    extra,
    entry.localExtra ?? Buffer.of(),
  ]);
  const centralExtra = zip64
    ? Buffer.concat([extraField(1, u64(size, compressedSize, offset)), extra])
    : extra;
  return {
    local: [
      localHeader(local, localName, localExtra),
      data,
      descriptorOf(descriptor, crc, compressedSize, size),
    ],
    central: centralHeader(central, name, centralExtra),
  };
}

function localHeader(fields: Required<Fields>, name: Buffer, extra: Buffer): Buffer {
  return Buffer.concat([
    u32(fields.signature),
    u16(20, fields.flags, fields.method, 0, 0),
    u32(fields.crc, fields.compressedSize, fields.size),
    u16(name.length, extra.length),
    name,
    extra,
  ]);
}

function centralHeader(fields: Required<Fields>, name: Buffer, extra: Buffer): Buffer {
  return Buffer.concat([
    u32(fields.signature),
    u16(fields.madeBy, 20, fields.flags, fields.method, 0, 0),
    u32(fields.crc, fields.compressedSize, fields.size),
    u16(name.length, extra.length, 0, fields.disk, 0),
    u32(fields.attributes, fields.offset),
    name,
    extra,
  ]);
}

function descriptorOf(kind: EntrySpec["descriptor"], crc: number, compressed: number, size: number): Buffer {
  if (!kind) return Buffer.of();
  if (kind === "wide") return Buffer.concat([u32(0x08074b50, crc), u64(compressed, size)]);
  const sizes = kind === "wrong" ? u32(compressed, size + 1) : u32(compressed, size);
  return Buffer.concat([kind === "plain" ? Buffer.of() : u32(0x08074b50), u32(crc), sizes]);
}

function writeEnd(count: number, start: number, size: number, end: EndSpec): Buffer[] {
  const truth = { disk: 0, directoryDisk: 0, countHere: count, count, size, start, ...end.fields };
  const comment = Buffer.from(end.comment ?? "");
  const masked = { disk: 0, directoryDisk: 0, countHere: 0xffff, count: 0xffff, size: MASK, start: MASK };
  const fields = end.zip64 ? masked : truth;
  const record = Buffer.concat([
    u32(0x06054b50),
    u16(fields.disk, fields.directoryDisk, fields.countHere, fields.count),
    u32(fields.size, fields.start),
    u16(comment.length),
    comment,
  ]);
  if (!end.zip64) return [record];
  const record64 = Buffer.concat([
    u32(0x06064b50),
    u64(44),
    u16(45, 45),
    u32(truth.disk, truth.directoryDisk),
    u64(truth.countHere, truth.count, truth.size, truth.start),
  ]);
  return [record64, Buffer.concat([u32(0x07064b50, 0), u64(start + size), u32(1)]), record];
}

function number(value: number, bytes: 2 | 4 | 8): Buffer {
  const buffer = Buffer.alloc(8);
  buffer.writeBigUInt64LE(BigInt.asUintN(64, BigInt(value)));
  return buffer.subarray(0, bytes);
}

function lengthOf(pieces: readonly Piece[]): number {
  return pieces.reduce<number>((sum, piece) => sum + (typeof piece === "number" ? piece : piece.length), 0);
}

function cut(pieces: readonly Piece[], start: number, end: number): Uint8Array {
  const bytes = new Uint8Array(end - start);
  let at = 0;
  for (const piece of pieces) {
    const length = typeof piece === "number" ? piece : piece.length;
    if (typeof piece !== "number" && at < end && at + length > start) {
      const part = piece.subarray(Math.max(0, start - at), Math.min(length, end - at));
      bytes.set(part, Math.max(0, at - start));
    }
    at += length;
  }
  return bytes;
}
