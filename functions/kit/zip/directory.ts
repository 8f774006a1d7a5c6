import { findExtra, MASK_32, unmask, viewOf } from "./bytes.ts";
import type { DirectoryPlace } from "./end.ts";
import { ZipError } from "./fault.ts";
import { checkName, decodeName, showName } from "./names.ts";

const CENTRAL_HEADER = 0x02014b50;
const CENTRAL_BYTES = 46;
export const LOCAL_BYTES = 30;

export const STORED = 0;
export const DEFLATED = 8;

/** Bits of the flags: encrypted, patch data, strongly encrypted, headers masked. */
const ENCRYPTED = 0x0001 | 0x0040 | 0x2000;
const PATCH_DATA = 0x0020;
/** Sizes and CRC stand behind the data and not in the local header. */
export const DESCRIPTOR = 0x0008;
const UTF8 = 0x0800;

/** The most bytes that one byte of deflated data can become: four matches of 258. */
const DEFLATE_LIMIT = 1032;

/** File types of a unix mode (in the upper half of the external attributes), and DOS bits of what is no plain file. */
const UNIX_TYPE = 0o170000;
const UNIX_FILE = 0o100000;
const UNIX_FOLDER = 0o040000;
const DOS_LABEL_DEVICE_LINK = 0x08 | 0x40 | 0x400;

export type ZipEntry = {
  /** The path with forward slashes; a folder's ends with one. */
  readonly name: string;
  readonly isFolder: boolean;
  /** Bytes when inflated, as the directory says. The number is only checked for entries that are opened. */
  readonly size: number;
  readonly compressedSize: number;
  readonly method: typeof STORED | typeof DEFLATED;
  readonly flags: number;
  readonly crc: number;
  readonly rawName: Uint8Array;
  /** Where its local header begins. */
  readonly offset: number;
};

/** Reads the central directory, entry by entry, and refuses what no plain file or folder is. @throws ZipError */
export function readDirectory(bytes: Uint8Array, { count }: DirectoryPlace): ZipEntry[] {
  const entries: ZipEntry[] = [];
  let at = 0;
  while (entries.length < count) {
    const header = bytes.subarray(at, at + CENTRAL_BYTES);
    const view = viewOf(header);
    if (header.length < CENTRAL_BYTES || view.getUint32(0, true) !== CENTRAL_HEADER) {
      throw new ZipError("badDirectory");
    }
    const nameEnd = at + CENTRAL_BYTES + view.getUint16(28, true);
    const extraEnd = nameEnd + view.getUint16(30, true);
    const end = extraEnd + view.getUint16(32, true);
    if (end > bytes.length) throw new ZipError("badDirectory");
    const rawName = bytes.subarray(at + CENTRAL_BYTES, nameEnd);
    entries.push(readEntry(view, rawName, bytes.subarray(nameEnd, extraEnd)));
    at = end;
  }
  if (at !== bytes.length) throw new ZipError("badDirectory");
  return entries;
}

function readEntry(view: DataView, rawName: Uint8Array, extra: Uint8Array): ZipEntry {
  const entry = showName(rawName);
  const flags = view.getUint16(8, true);
  const method = view.getUint16(10, true);
  if (flags & ENCRYPTED) throw new ZipError("encrypted", { entry });
  if ((method !== STORED && method !== DEFLATED) || flags & PATCH_DATA) {
    throw new ZipError("method", { entry, method });
  }
  const unicodeName = findExtra(extra, 0x7075);
  const masked = [view.getUint32(24, true), view.getUint32(20, true), view.getUint32(42, true)];
  const values = unmask(masked, extra);
  if (values === null || unicodeName === null) throw new ZipError("badDirectory");
  const [size = 0, compressedSize = 0, offset = 0] = values;
  const disk = view.getUint16(34, true);
  if (disk !== 0 && !(disk === 0xffff && masked.includes(MASK_32))) throw new ZipError("multiDisk");

  const name = decodeName(rawName, (flags & UTF8) !== 0, unicodeName);
  checkName(name);
  const isFolder = name.endsWith("/");
  checkType(view.getUint32(38, true), isFolder, name);
  const possible = method === STORED ? compressedSize === size : size <= compressedSize * DEFLATE_LIMIT;
  if (!possible || (isFolder && size !== 0)) throw new ZipError("sizes", { entry: name });
  const crc = view.getUint32(16, true);
  return { name, isFolder, size, compressedSize, method, flags, crc, rawName, offset };
}

/** Checked whatever system the archive says it was made on, because some readers do not look at that. */
function checkType(attributes: number, isFolder: boolean, entry: string): void {
  const type = (attributes >>> 16) & UNIX_TYPE;
  const plain = type === 0 || type === UNIX_FILE || (type === UNIX_FOLDER && isFolder);
  if (!plain || attributes & DOS_LABEL_DEVICE_LINK) throw new ZipError("special", { entry });
}
