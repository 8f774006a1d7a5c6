import { crc32 } from "node:zlib";
import { viewOf } from "./bytes.ts";
import { ZipError } from "./fault.ts";

/** Bytes of a path. Systems take little more, and it bounds the work on names. */
const MAX_NAME_BYTES = 1024;

/** The folder that an archive unpacks into. Some writers make an entry of it. */
const ROOT = "./";

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Code page 437 from byte 128 on: how names are read that neither say that they are UTF-8 nor look like it. */
const CP437 =
  "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0";

/** A name's bytes as text for people, whatever they are. */
export function showName(raw: Uint8Array): string {
  return readUtf8(raw) ?? readCp437(raw);
}

/**
 * The name of an entry. A name without the flag for UTF-8 may be in any code page: it is read as UTF-8 where it is valid,
 * else as code page 437, unless a Unicode Path field (APPNOTE.TXT 6.3.10, section 4.6.9) holds the name.
 * @throws ZipError nameTooLong, nameNotUtf8, twoNames
 */
export function decodeName(raw: Uint8Array, flagged: boolean, unicodePath: Uint8Array | undefined): string {
  if (raw.length > MAX_NAME_BYTES) throw new ZipError("nameTooLong", { entry: showName(raw) });
  const text = readUtf8(raw);
  if (text === null && flagged) throw new ZipError("nameNotUtf8", { entry: readCp437(raw) });
  const name = plainPath(text ?? checkSeparators(readCp437(raw)));
  if (flagged || !unicodePath || unicodePath.length < 5 || unicodePath[0] !== 1) return name;
  if (viewOf(unicodePath).getUint32(1, true) !== crc32(raw)) return name;

  const unicode = readUtf8(unicodePath.subarray(5));
  if (unicode === null) throw new ZipError("nameNotUtf8", { entry: name });
  if (unicodePath.length > MAX_NAME_BYTES) throw new ZipError("nameTooLong", { entry: name });
  const other = plainPath(unicode);
  if (other === name) return name;
  // Not every reader knows the field, so the plain name must not say something else.
  if (raw.every((byte) => byte < 128)) throw new ZipError("twoNames", { entry: name });
  checkName(name);
  if (name.endsWith("/") !== other.endsWith("/")) throw new ZipError("twoNames", { entry: name });
  return other;
}

/** Writes a path with forward slashes, where Windows tools write backslashes, and without `./` in front. */
export const plainPath = (path: string) => path.replaceAll("\\", "/").replace(/^(?:\.\/)+(?=.)/, "");

/** Behind a byte above 127, what looks like a backslash may be half of a Chinese or Japanese character. */
function checkSeparators(entry: string): string {
  if (/[^\0-\x7f]\\/.test(entry)) throw new ZipError("backslash", { entry });
  return entry;
}

/** Refuses paths that would leave the folder they are unpacked into, or mean different files on different systems. */
export function checkName(entry: string): void {
  if (entry === ROOT) return;
  if (/\p{Cc}/u.test(entry)) throw new ZipError("controlCharacter", { entry });
  if (entry.startsWith("/")) throw new ZipError("absolute", { entry });
  // Colons are refused not only for drive letters: NTFS takes what follows one for a stream of the file before it.
  if (entry.includes(":")) throw new ZipError("drive", { entry });
  const segments = (entry.endsWith("/") ? entry.slice(0, -1) : entry).split("/");
  for (const segment of segments) {
    if (segment === "") throw new ZipError("emptySegment", { entry });
    if (trimSegment(segment) === "") throw new ZipError("dotSegment", { entry });
  }
}

/** Refuses two entries that are one file on some system, and files that others need as a folder. @throws ZipError */
export function checkDistinct(entries: readonly { name: string; isFolder: boolean }[]): void {
  const keyed = entries.map(({ name, isFolder }) => ({ name, isFolder, key: keyOf(name) }));
  // The keys' separator sorts before every character that a name may hold, so that a folder's content follows it at once.
  keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  for (const [index, { name, key }] of keyed.entries()) {
    const before = keyed[index - 1];
    if (!before) continue;
    const below = !before.isFolder && key.startsWith(`${before.key}\0`);
    if (before.key === key || below) throw new ZipError("duplicate", { entry: name, other: before.name });
  }
}

/** The same for names that differ in case, in how accents are composed, or in what Windows drops at the end. */
function keyOf(name: string): string {
  const path = name.endsWith("/") ? name.slice(0, -1) : name;
  const folded = path.normalize("NFC").toUpperCase().toLowerCase();
  return folded.split("/").map(trimSegment).join("\0");
}

/** Without the dots and spaces at the end. */
function trimSegment(segment: string): string {
  let end = segment.length;
  while (end > 0 && (segment[end - 1] === "." || segment[end - 1] === " ")) end--;
  return segment.slice(0, end);
}

function readUtf8(bytes: Uint8Array): string | null {
  try {
    return utf8.decode(bytes);
  } catch {
    return null;
  }
}

function readCp437(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => (byte < 128 ? String.fromCharCode(byte) : CP437[byte - 128])).join("");
}
