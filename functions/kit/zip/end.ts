import { getUint64, MASK_16, MASK_32, viewOf, type ZipFile } from "./bytes.ts";
import { ZipError } from "./fault.ts";

const END = 0x06054b50;
const END_BYTES = 22;
const MAX_COMMENT_BYTES = 0xffff;
const LOCATOR = 0x07064b50;
const LOCATOR_BYTES = 20;
const END_64 = 0x06064b50;
const END_64_BYTES = 56;
const LOCAL_HEADER = 0x04034b50;

/** Bytes from the end of a file in which its end records are: with the longest comment, and zip64's two before it. */
export const TAIL_BYTES = MAX_COMMENT_BYTES + END_BYTES + LOCATOR_BYTES + END_64_BYTES;

/** Where the central directory is, and how many entries it has. `end` is the first byte after it. */
export type DirectoryPlace = { start: number; end: number; count: number };

type EndFields = {
  disk: number;
  directoryDisk: number;
  countHere: number;
  count: number;
  size: number;
  start: number;
};

/**
 * Finds the directory through the end record, or through zip64's. The directory must end where that record begins: with
 * other bytes in between or in front of the archive, readers disagree on what offsets count from.
 * @throws ZipError
 */
export async function locateDirectory(file: ZipFile): Promise<DirectoryPlace> {
  const view = viewOf(file.tail);
  const tailStart = file.size - file.tail.length;
  const at = await findEnd(file, view);
  const fields: EndFields = {
    disk: view.getUint16(at + 4, true),
    directoryDisk: view.getUint16(at + 6, true),
    countHere: view.getUint16(at + 8, true),
    count: view.getUint16(at + 10, true),
    size: view.getUint32(at + 12, true),
    start: view.getUint32(at + 16, true),
  };
  const locator = at - LOCATOR_BYTES;
  const isZip64 = locator >= 0 && view.getUint32(locator, true) === LOCATOR;
  if (!isZip64) return place(fields, tailStart + at);

  if (view.getUint32(locator + 4, true) !== 0 || view.getUint32(locator + 16, true) > 1) {
    throw new ZipError("multiDisk");
  }
  const recordStart = getUint64(view, locator + 8);
  return place(await readZip64End(file, recordStart, tailStart + locator, fields), recordStart);
}

/** The position of the end record in the tail: there must be exactly one whose comment ends with the file. */
async function findEnd(file: ZipFile, view: DataView): Promise<number> {
  const { length } = file.tail;
  const found: number[] = [];
  let near: "truncated" | "trailing" | undefined;
  for (let at = length - END_BYTES; at >= Math.max(0, length - END_BYTES - MAX_COMMENT_BYTES); at--) {
    if (view.getUint32(at, true) !== END) continue;
    const end = at + END_BYTES + view.getUint16(at + 20, true);
    if (end === length) found.push(at);
    near ??= end > length ? "truncated" : "trailing";
  }
  if (found.length > 1) throw new ZipError("ambiguous");
  if (found[0] !== undefined) return found[0];
  if (near) throw new ZipError(near);
  const head = file.size < 4 ? undefined : viewOf(await file.read(0, 4)).getUint32(0, true);
  throw new ZipError(head === LOCAL_HEADER ? "truncated" : "notZip");
}

async function readZip64End(
  file: ZipFile,
  start: number,
  end: number,
  fields: EndFields,
): Promise<EndFields> {
  if (start + END_64_BYTES > end) throw new ZipError("badDirectory");
  const view = viewOf(await file.read(start, start + END_64_BYTES));
  if (view.getUint32(0, true) !== END_64 || start + 12 + getUint64(view, 4) !== end) {
    throw new ZipError("badDirectory");
  }
  const fields64: EndFields = {
    disk: view.getUint32(16, true),
    directoryDisk: view.getUint32(20, true),
    countHere: getUint64(view, 24),
    count: getUint64(view, 32),
    size: getUint64(view, 40),
    start: getUint64(view, 48),
  };
  // Readers that use zip64 records only when they must would otherwise see another directory.
  const agree = (key: keyof EndFields, mask: number) => fields[key] === mask || fields[key] === fields64[key];
  const small = (["disk", "directoryDisk", "countHere", "count"] as const).every((key) =>
    agree(key, MASK_16),
  );
  if (!small || !agree("size", MASK_32) || !agree("start", MASK_32)) throw new ZipError("badDirectory");
  return fields64;
}

function place(
  { disk, directoryDisk, countHere, count, size, start }: EndFields,
  end: number,
): DirectoryPlace {
  if (disk !== 0 || directoryDisk !== 0 || countHere !== count) throw new ZipError("multiDisk");
  if (start + size < end) throw new ZipError("prepended");
  if (start + size > end) throw new ZipError("truncated");
  return { start, end, count };
}
