import { openTail, type ZipSource } from "./bytes.ts";
import { LOCAL_BYTES, readDirectory, type ZipEntry } from "./directory.ts";
import { locateDirectory, TAIL_BYTES } from "./end.ts";
import { openEntry } from "./entry.ts";
import { ZipError } from "./fault.ts";
import { checkDistinct } from "./names.ts";

export { plainPath } from "./names.ts";
export type { ZipSource } from "./bytes.ts";
export type { ZipEntry } from "./directory.ts";
export { ZipError, type ZipFault } from "./fault.ts";

export type ZipLimits = {
  maxEntries: number;
  /** Bytes of the central directory, which is held in memory. */
  maxDirectoryBytes: number;
  /** The most bytes of an entry that is opened, both deflated and inflated. */
  maxOpenedBytes: number;
  /** How many times its own size an archive may say that it inflates to. */
  maxRatio: number;
};

/** Room for some thousands of files with long names; far below what an isolate can hold. */
const DEFAULT_LIMITS: ZipLimits = {
  maxEntries: 10_000,
  maxDirectoryBytes: 1024 * 1024,
  maxOpenedBytes: 1024 * 1024,
  maxRatio: 200,
};

/** Bytes that any archive may inflate to, whatever its ratio: small archives of nearly empty files fill no disk. */
const UNSUSPICIOUS_BYTES = 16 * 1024 * 1024;

export type Zip = {
  /** The entries in the directory's order. */
  entries: readonly ZipEntry[];
  /** The inflated, verified content of an entry of this archive. @throws ZipError */
  open(entry: ZipEntry): Promise<Uint8Array>;
};

/**
 * Reads an archive's directory without its files: at most three ranged reads, and two more for an entry that is opened. It
 * refuses everything that two readers could understand differently, or could unpack outside of the archive's own folder.
 * That includes bytes before the first entry: an archive behind a program or a picture is both.
 * @throws ZipError; what `source.read` throws passes through
 */
export async function readZip(source: ZipSource, limits: Partial<ZipLimits> = {}): Promise<Zip> {
  const { maxEntries, maxDirectoryBytes, maxOpenedBytes, maxRatio } = { ...DEFAULT_LIMITS, ...limits };
  const file = await openTail(source, TAIL_BYTES);
  const place = await locateDirectory(file);
  if (place.count > maxEntries) throw new ZipError("tooManyEntries", { limit: maxEntries });
  if (place.end - place.start > maxDirectoryBytes) {
    throw new ZipError("directoryTooLarge", { limit: maxDirectoryBytes });
  }
  const entries = readDirectory(await file.read(place.start, place.end), place);
  checkDistinct(entries);
  checkRatio(entries, source.size, maxRatio);
  const limitsOf = findExtents(entries, place.start);
  return {
    entries,
    open: (entry) => openEntry(file, entry, limitsOf.get(entry) ?? place.start, maxOpenedBytes),
  };
}

/** Where the data after each entry begins: the next entry or the directory. @throws ZipError overlap, prepended */
function findExtents(entries: readonly ZipEntry[], directoryStart: number): Map<ZipEntry, number> {
  const limits = new Map<ZipEntry, number>();
  let limit = directoryStart;
  for (const entry of entries.toSorted((a, b) => b.offset - a.offset)) {
    const least = LOCAL_BYTES + entry.rawName.length + entry.compressedSize;
    if (entry.offset + least > limit) throw new ZipError("overlap", { entry: entry.name });
    limits.set(entry, limit);
    limit = entry.offset;
  }
  if (limit !== 0) throw new ZipError("prepended");
  return limits;
}

function checkRatio(entries: readonly ZipEntry[], archiveSize: number, maxRatio: number): void {
  const size = entries.reduce((sum, entry) => sum + entry.size, 0);
  if (size > Math.max(UNSUSPICIOUS_BYTES, archiveSize * maxRatio)) {
    throw new ZipError("ratio", { limit: maxRatio });
  }
}
