/** Headers by which a client asks whether a file is still the one that it has. */
const CONDITIONS = ["if-none-match", "if-modified-since", "if-match", "if-unmodified-since"];

/**
 * Whether a request begins a download: it asks for the whole file, or for a range that begins with byte 0. A request does
 * not where it resumes a download, fetches a further part, or only asks whether the file has changed.
 * @param header reads a header of the request, by its name in lower case
 */
export function beginsDownload(header: (name: string) => string | undefined): boolean {
  if (CONDITIONS.some((name) => header(name) !== undefined)) return false;
  const range = header("range");
  const ranges = range === undefined ? undefined : /^bytes\s*=(.*)$/i.exec(range.trim())?.[1]?.split(",");
  // A range in an unknown unit counts as none: the request gets the whole file (RFC 9110, section 14.2).
  return ranges === undefined || ranges.some((part) => /^\s*0+\s*-/.test(part));
}
