/** Control characters, and the marks that make a name read in another order than it is stored (`exe.gnp` shown as `png.exe`). */
const INVISIBLE = /[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;
const UNSAFE_IN_QUOTES = /[^\x20-\x7e]|["%\\]/gu;

/**
 * A `Content-Disposition` that saves under `fileName`, whatever it contains: a quoted ASCII form for all clients,
 * and the RFC 8187 form beside it where ASCII cannot say the name.
 */
export function attachment(fileName: string): string {
  const name = fileName.toWellFormed().replace(INVISIBLE, "").replaceAll("/", "_").trim() || "download";
  const fallback = name.replace(UNSAFE_IN_QUOTES, "_");
  const quoted = `attachment; filename="${fallback}"`;
  return fallback === name ? quoted : `${quoted}; filename*=UTF-8''${percentEncode(name)}`;
}

/** RFC 3986 percent-encoding of everything but unreserved characters, as signatures and header parameters want it. */
export function percentEncode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
