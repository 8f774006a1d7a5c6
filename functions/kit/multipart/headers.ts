/**
 * Part headers of multipart/form-data, read by RFC 7578, 2046 and 8187 and as real clients write them. Null means
 * unreadable.
 */

type HeaderValue = { value: string; parameters: Map<string, string> };
type PartHeaders = { name: string; fileName: string | null; contentType: string | null };

const HEADER_LINE = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*(.*)$/s;
/** `; name=token` or `; name="quoted \" text"`, or a lone `;` at the end. */
const PARAMETER = /;[ \t]*(?:([!#$%&'*+.^_`|~0-9A-Za-z-]+)=(?:"((?:[^"\\]|\\.)*)"|([^;" \t]*)))?[ \t]*/sy;
const CONTROL_CHARACTER = /(?!\t)\p{Cc}/u;
/** Encodings of MIME that change nothing; RFC 7578 has no others. */
const PLAIN_ENCODINGS = new Set(["7bit", "8bit", "binary"]);

/** Reads the boundary out of a request's Content-Type: null without a usable one (RFC 2046 allows 1 to 70 characters). */
export function parseBoundary(contentType: string): string | null {
  const boundary = parseHeaderValue(contentType)?.parameters.get("boundary");
  return boundary !== undefined && /^[\x20-\x7e]{0,69}[\x21-\x7e]$/.test(boundary) ? boundary : null;
}

/** Reads a part's header block, without the empty line that ends it. */
export function parsePartHeaders(block: Uint8Array): PartHeaders | null {
  const headers = splitHeaders(block);
  const disposition = parseHeaderValue(headers?.get("content-disposition") ?? "");
  const encoding = headers?.get("content-transfer-encoding")?.trim().toLowerCase() ?? "binary";
  if (!headers || !disposition || disposition.value !== "form-data" || !PLAIN_ENCODINGS.has(encoding))
    return null;

  const name = disposition.parameters.get("name");
  const extended = disposition.parameters.get("filename*");
  const fileName =
    extended === undefined ? (disposition.parameters.get("filename") ?? null) : decodeExtended(extended);
  if (name === undefined || (extended !== undefined && fileName === null)) return null;
  return { name, fileName, contentType: headers.get("content-type")?.trim() || null };
}

/** UTF-8 to text exactly as it is, a byte order mark included; null when it is not UTF-8. */
export function decodeUtf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** Header lines by lower-case name; null for a broken, folded or repeated one. */
function splitHeaders(block: Uint8Array): Map<string, string> | null {
  const headers = new Map<string, string>();
  for (const line of decodeUtf8(block)?.split("\r\n") ?? [""]) {
    const [, name, value] = HEADER_LINE.exec(line) ?? [];
    if (name === undefined || value === undefined || CONTROL_CHARACTER.test(value)) return null;
    if (headers.has(name.toLowerCase())) return null;
    headers.set(name.toLowerCase(), value);
  }
  return headers;
}

/**
 * Reads `value; name=parameter; name="parameter"`. A backslash escapes only a quote or another backslash, because browsers
 * send the backslashes of a file name as they are. A parameter that is given twice is an error, because two readers could
 * understand it differently.
 */
function parseHeaderValue(header: string): HeaderValue | null {
  const start = header.includes(";") ? header.indexOf(";") : header.length;
  const parameters = new Map<string, string>();
  for (PARAMETER.lastIndex = start; PARAMETER.lastIndex < header.length;) {
    const match = PARAMETER.exec(header);
    if (match === null) return null;
    const [, name, quoted, token] = match;
    if (name === undefined) continue;
    if (parameters.has(name.toLowerCase())) return null;
    parameters.set(name.toLowerCase(), quoted?.replace(/\\(["\\])/g, "$1") ?? token ?? "");
  }
  return { value: header.slice(0, start).trim().toLowerCase(), parameters };
}

/** RFC 8187: `utf-8'language'percent-encoded`; null when it is anything else. */
function decodeExtended(value: string): string | null {
  const encoded = /^utf-8'[^']*'(.*)$/is.exec(value)?.[1];
  try {
    return encoded === undefined ? null : decodeURIComponent(encoded);
  } catch {
    return null;
  }
}
