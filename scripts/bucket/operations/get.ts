import { randomBytes } from "node:crypto";
import type { Bucket } from "../bucket-state.ts";
import type { Answer, Range } from "../http/answer.ts";
import { header, type Call } from "../http/call.ts";
import { checkRead, rangeApplies } from "../http/conditions.ts";
import { readRanges } from "../http/ranges.ts";
import { refusals } from "../http/refusal.ts";
import type { ObjectRow } from "../store/object-rows.ts";

const OVERRIDES = [
  "cache-control",
  "content-disposition",
  "content-encoding",
  "content-language",
  "content-type",
  "expires",
];
const DEFAULT_TYPE = "binary/octet-stream";

/** GetObject, and HeadObject, which is the same without the bytes. */
export function getObject({ store }: Bucket, call: Call): Answer {
  const object = store.objects.find(call.key);
  if (object === undefined) throw refusals.noSuchKey();
  const validators = {
    etag: object.etag,
    "last-modified": new Date(object.modified).toUTCString(),
    "accept-ranges": "bytes",
  };
  const presentation = { "content-type": DEFAULT_TYPE, ...object.metadata, ...overrides(call) };
  if (checkRead(call, object) === "unchanged") {
    const { "cache-control": cacheControl } = presentation as Record<string, string | undefined>;
    return {
      status: 304,
      headers: { ...validators, ...(cacheControl && { "cache-control": cacheControl }) },
    };
  }
  const headers: Record<string, string> = { ...presentation, ...validators };
  const ranges = rangeApplies(call, object) ? readRanges(header(call, "range"), object.size) : undefined;
  const file = store.files.hold(object.file);
  const body = { path: file.path, name: file.name, release: file.release };
  const [range, ...more] = ranges ?? [];
  if (range === undefined) {
    const segments = object.size === 0 ? [] : [{ start: 0, end: object.size - 1 }];
    return { status: 200, headers: { ...headers, ...checksum(call, object) }, body: { ...body, segments } };
  }
  if (more.length === 0) {
    headers["content-range"] = contentRange(range, object);
    return { status: 206, headers, body: { ...body, segments: [range] } };
  }
  const boundary = randomBytes(12).toString("hex");
  const segments = multipartSegments(
    [range, ...more],
    object,
    headers["content-type"] ?? DEFAULT_TYPE,
    boundary,
  );
  headers["content-type"] = `multipart/byteranges; boundary=${boundary}`;
  return { status: 206, headers, body: { ...body, segments } };
}

/** The SHA-256 that the bucket has taken of all bytes, for clients that ask for it. */
function checksum(call: Call, { sha256 }: ObjectRow): Record<string, string> {
  if (sha256 === undefined || header(call, "x-amz-checksum-mode")?.toUpperCase() !== "ENABLED") return {};
  return { "x-amz-checksum-sha256": sha256, "x-amz-checksum-type": "FULL_OBJECT" };
}

const contentRange = ({ start, end }: Range, { size }: ObjectRow) => `bytes ${start}-${end}/${size}`;

/** RFC 9110, 14.6. */
function multipartSegments(ranges: Range[], object: ObjectRow, type: string, boundary: string) {
  const segments = ranges.flatMap((range, index) => {
    const before = index === 0 ? "" : "\r\n";
    const head = `${before}--${boundary}\r\nContent-Type: ${type}\r\nContent-Range: ${contentRange(range, object)}\r\n\r\n`;
    return [head, range];
  });
  return [...segments, `\r\n--${boundary}--\r\n`];
}

/** The headers of the answer that a signed URL sets in place of the object's own. */
function overrides({ query }: Call): Record<string, string> {
  const found = OVERRIDES.map((name) => [name, query.get(`response-${name}`)] as const);
  const named = found.filter((pair): pair is [string, string] => pair[1] !== undefined);
  for (const [name, value] of named) {
    // oxlint-disable-next-line no-control-regex
    if (!/^[\t\u0020-\u007e\u0080-\u00ff]*$/.test(value)) {
      throw refusals.invalidArgument(`response-${name} is not a valid header value.`);
    }
  }
  return Object.fromEntries(named);
}
