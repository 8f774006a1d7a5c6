/** What asks whether a file is still the one that a client has. */
const CONDITIONS = ["if-none-match", "if-modified-since", "if-match", "if-unmodified-since"];

/**
 * Whether a request for a file begins a download: it asks for all of it, or for a range from byte 0. What goes on with one,
 * fetches a further part of one, or only asks whether a file has changed does not.
 * @param header a header of the request, by its name in lower case
 */
export function beginsDownload(header: (name: string) => string | undefined): boolean {
  if (CONDITIONS.some((name) => header(name) !== undefined)) return false;
  const range = header("range");
  const ranges = range === undefined ? undefined : /^bytes\s*=(.*)$/i.exec(range.trim())?.[1]?.split(",");
  // A unit that is not known is no range at all: such a request gets the whole file (RFC 9110, section 14.2).
  return ranges === undefined || ranges.some((part) => /^\s*0+\s*-/.test(part));
}
