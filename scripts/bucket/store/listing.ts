import type { KeyedObject, ObjectRows } from "./object-rows.ts";

export type Listing = {
  objects: KeyedObject[];
  /** The beginnings of keys that go on after the delimiter, each once. */
  prefixes: string[];
  /** The last entry, if there are more after it. */
  next: string | undefined;
};

type Question = { prefix: string; delimiter: string; after: string; limit: number };

/** Longer than every key. */
const END = Buffer.alloc(1025, 255);
const READ_ROWS = 1000;

/** The keys that begin with a prefix, as a range of bytes: from `start`, before `end`. */
export function rangeOf(prefix: string): { start: Buffer; end: Buffer } {
  const start = Buffer.from(prefix);
  return { start, end: start.length === 0 ? END : behind(start) };
}

/** What comes after everything that begins with `prefix`; no byte of UTF-8 is 255. */
function behind(prefix: Buffer): Buffer {
  const end = Buffer.from(prefix);
  end[end.length - 1] = (end.at(-1) ?? 0) + 1;
  return end;
}

/** Up to `limit` objects and common prefixes after `after`, in order of their bytes. */
export function listKeys(rows: ObjectRows, { prefix, delimiter, after, limit }: Question): Listing {
  const { start: first, end } = rangeOf(prefix);
  const found: Listing = { objects: [], prefixes: [], next: undefined };
  let [last, count] = ["", 0];
  let start = later(first, startBehind(after, prefix, delimiter));
  if (limit === 0) return found;
  for (;;) {
    const page = rows.range(start, end, delimiter === "" ? limit + 1 - count : READ_ROWS);
    for (const object of page) {
      const key = Buffer.from(object.key);
      if (Buffer.compare(key, start) < 0) continue;
      if (count === limit) return { ...found, next: last };
      const common = commonPrefix(object.key, prefix, delimiter);
      if (common === undefined) found.objects.push(object);
      else found.prefixes.push(common);
      last = common ?? object.key;
      count++;
      start = common === undefined ? Buffer.concat([key, Buffer.alloc(1)]) : behind(Buffer.from(common));
    }
    if (page.length === 0) return found;
  }
}

/** Where a page begins that follows `after`: after everything that a common prefix stands for, if `after` is one. */
function startBehind(after: string, prefix: string, delimiter: string): Buffer {
  if (after === "") return Buffer.alloc(0);
  const common = commonPrefix(after, prefix, delimiter);
  return common === after ? behind(Buffer.from(after)) : Buffer.concat([Buffer.from(after), Buffer.alloc(1)]);
}

function commonPrefix(key: string, prefix: string, delimiter: string): string | undefined {
  if (delimiter === "" || !key.startsWith(prefix)) return undefined;
  const end = key.indexOf(delimiter, prefix.length);
  return end < 0 ? undefined : key.slice(0, end + delimiter.length);
}

const later = (a: Buffer, b: Buffer): Buffer => (Buffer.compare(a, b) < 0 ? b : a);
