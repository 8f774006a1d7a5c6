import { md5Hex } from "./checksums.ts";
import { metadataOf, type State, type StoredObject } from "./state.ts";
import {
  header,
  noSuchKey,
  notImplemented,
  preconditionFailed,
  Refusal,
  type Answer,
  type Call,
} from "./wire.ts";
import { readXml, xmlAnswer } from "./xml.ts";

export function putObject(state: State, call: Call, body: Buffer): Answer {
  refuseOverwrite(state, call);
  const etag = `"${md5Hex(body)}"`;
  const lastModified = new Date(state.now());
  state.objects.set(call.key, { body, etag, metadata: metadataOf(call), lastModified });
  return { status: 200, headers: { etag } };
}

/** `If-None-Match: *`: only a key that has no object yet. */
export function refuseOverwrite(state: State, call: Call): void {
  const condition = header(call, "if-none-match");
  if (condition === undefined) return;
  if (condition !== "*") throw notImplemented("If-None-Match other than *");
  if (state.objects.has(call.key)) throw preconditionFailed();
}

export function getObject(state: State, call: Call): Answer {
  const object = state.objects.get(call.key);
  if (object === undefined) throw noSuchKey();
  const ifMatch = header(call, "if-match");
  if (ifMatch !== undefined && ifMatch !== "*" && unquote(ifMatch) !== unquote(object.etag)) {
    throw preconditionFailed();
  }
  if (unquote(header(call, "if-none-match") ?? "") === unquote(object.etag)) return { status: 304 };
  const range = readRange(header(call, "range"), object.body.length);
  const body = range ? object.body.subarray(range.start, range.end + 1) : object.body;
  const headers: Record<string, string> = {
    "content-type": "binary/octet-stream",
    ...object.metadata,
    ...overrides(call),
    etag: object.etag,
    "last-modified": object.lastModified.toUTCString(),
    "accept-ranges": "bytes",
    "content-length": String(body.length),
  };
  if (range) headers["content-range"] = `bytes ${range.start}-${range.end}/${object.body.length}`;
  return { status: range ? 206 : 200, headers, body };
}

/** One range; several at once are answered whole, as stores do. */
function readRange(text: string | undefined, size: number): { start: number; end: number } | undefined {
  const [, first = "", last = ""] = /^bytes=(\d*)-(\d*)$/.exec(text ?? "") ?? [];
  if (first === "" && last === "") return undefined;
  const start = first === "" ? Math.max(0, size - Number(last)) : Number(first);
  const end = first === "" || last === "" ? size - 1 : Math.min(Number(last), size - 1);
  if (start >= size || start > end) {
    throw new Refusal(416, "InvalidRange", "The requested range is not satisfiable.");
  }
  return { start, end };
}

function overrides(call: Call): Record<string, string> {
  const names = [...call.query.keys()].filter((name) => name.startsWith("response-"));
  return Object.fromEntries(
    names.map((name) => [name.slice("response-".length), call.query.get(name) ?? ""]),
  );
}

export function deleteObject(state: State, call: Call): Answer {
  state.objects.delete(call.key);
  return { status: 204 };
}

export function deleteObjects(state: State, call: Call, body: Buffer): Answer {
  const checked = ["content-md5", "x-amz-checksum-crc32", "x-amz-checksum-sha256"];
  if (!checked.some((name) => header(call, name))) {
    throw new Refusal(400, "InvalidRequest", "Missing required header: Content-MD5 or a checksum.");
  }
  const keys = readXml(body, "Delete", "Object").map(({ Key = "" }) => Key);
  for (const key of keys) state.objects.delete(key);
  return xmlAnswer("DeleteResult", { Deleted: keys.map((Key) => ({ Key })) });
}

export function copyObject(state: State, call: Call): Answer {
  const source = copySource(state, call);
  if (source.body.length > state.maxCopyBytes) {
    throw new Refusal(400, "InvalidRequest", "The copy source is larger than a copy in one step allows.");
  }
  const replace = header(call, "x-amz-metadata-directive") === "REPLACE";
  const lastModified = new Date(state.now());
  const metadata = replace ? metadataOf(call) : source.metadata;
  const etag = `"${md5Hex(source.body)}"`;
  state.objects.set(call.key, { body: source.body, etag, metadata, lastModified });
  return xmlAnswer("CopyObjectResult", { ETag: etag, LastModified: lastModified.toISOString() });
}

/** The object that `x-amz-copy-source` names, if it is still the one that its conditions mean. */
export function copySource(state: State, call: Call): StoredObject {
  const [bucket, ...key] = decodeURIComponent(header(call, "x-amz-copy-source") ?? "")
    .replace(/^\//, "")
    .split("/");
  const source = bucket === state.bucket ? state.objects.get(key.join("/")) : undefined;
  if (source === undefined) throw noSuchKey();
  const ifMatch = header(call, "x-amz-copy-source-if-match");
  if (ifMatch !== undefined && unquote(ifMatch) !== unquote(source.etag)) throw preconditionFailed();
  return source;
}

const unquote = (etag: string) => etag.replaceAll('"', "");
