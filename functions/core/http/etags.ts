/** Whether If-None-Match names a tag: it compares weakly and may name several, or `*` (RFC 9110, section 13.1.2). */
export function matchesTag(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  return header.split(",").some((tag) => ["*", etag].includes(tag.trim().replace(/^W\//, "")));
}

/** Of an answer that a client or proxy may repeat for a moment: everybody who asks gets the same. */
export const briefly = { "Cache-Control": "public, max-age=10" };
