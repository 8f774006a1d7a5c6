import type { State } from "./state.ts";
import { notImplemented, Refusal, type Answer, type Call } from "./wire.ts";
import { xmlAnswer } from "./xml.ts";

/** ListObjectsV2, in UTF-8 key order; a continuation token is the last key of the page before. */
export function listObjects(state: State, { query }: Call): Answer {
  if (query.has("delimiter")) throw notImplemented("A delimiter");
  const prefix = query.get("prefix") ?? "";
  const token = query.get("continuation-token");
  const after = token === undefined ? (query.get("start-after") ?? "") : readToken(token);
  const limit = Math.min(state.pageSize, Number(query.get("max-keys") ?? state.pageSize));
  const rest = [...state.objects]
    .filter(([key]) => key.startsWith(prefix) && Buffer.compare(Buffer.from(key), Buffer.from(after)) > 0)
    .toSorted(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  const page = rest.slice(0, limit);
  const more = rest.length > page.length;
  return xmlAnswer("ListBucketResult", {
    Name: state.bucket,
    Prefix: prefix,
    KeyCount: page.length,
    MaxKeys: limit,
    IsTruncated: more,
    NextContinuationToken: more ? Buffer.from(page.at(-1)?.[0] ?? "").toString("base64url") : undefined,
    Contents: page.map(([Key, { body, etag, lastModified }]) => {
      return { Key, LastModified: lastModified.toISOString(), ETag: etag, Size: body.length };
    }),
  });
}

function readToken(token: string): string {
  if (!/^[\w-]+$/.test(token)) throw new Refusal(400, "InvalidArgument", "The continuation token is wrong.");
  return Buffer.from(token, "base64url").toString("utf8");
}
