import type { Bucket } from "../bucket-state.ts";
import type { Answer } from "../http/answer.ts";
import { numberOf, type Call } from "../http/call.ts";
import { refusals } from "../http/refusal.ts";
import { xmlAnswer } from "../http/xml.ts";
import { listKeys, rangeOf, type Listing } from "../store/listing.ts";
import { findUpload } from "./parts.ts";

const OWNER = { ID: "slipway", DisplayName: "slipway" };
/** Sorts after every id of an upload. */
const LAST_ID = "\u{10ffff}";

export function listBuckets({ name }: Bucket): Answer {
  const CreationDate = new Date(0).toISOString();
  return xmlAnswer("ListAllMyBucketsResult", {
    Owner: OWNER,
    Buckets: { Bucket: { Name: name, CreationDate } },
  });
}

/** A continuation token is the last key or common prefix of the page before. */
export function listObjectsV2(bucket: Bucket, call: Call): Answer {
  const { query } = call;
  const token = query.get("continuation-token");
  const after = token === undefined ? (query.get("start-after") ?? "") : readToken(token);
  const { page, limit, fields } = list(bucket, call, after);
  return xmlAnswer("ListBucketResult", {
    ...fields,
    KeyCount: page.objects.length + page.prefixes.length,
    MaxKeys: limit,
    IsTruncated: page.next !== undefined,
    ContinuationToken: token,
    StartAfter: query.has("start-after") ? encoder(call)(query.get("start-after") ?? "") : undefined,
    NextContinuationToken: page.next && Buffer.from(page.next).toString("base64url"),
    ...contents(page, call, query.get("fetch-owner") === "true"),
  });
}

export function listObjects(bucket: Bucket, call: Call): Answer {
  const marker = call.query.get("marker") ?? "";
  const { page, limit, fields } = list(bucket, call, marker);
  const encode = encoder(call);
  return xmlAnswer("ListBucketResult", {
    ...fields,
    Marker: encode(marker),
    NextMarker: page.next && encode(page.next),
    MaxKeys: limit,
    IsTruncated: page.next !== undefined,
    ...contents(page, call, true),
  });
}

function list({ name, store, limits }: Bucket, call: Call, after: string) {
  const { query } = call;
  const [prefix, delimiter] = [query.get("prefix") ?? "", query.get("delimiter") ?? ""];
  const limit = numberOf(call, "max-keys", limits.pageSize, limits.pageSize);
  const page = listKeys(store.objects, { prefix, delimiter, after, limit });
  const encode = encoder(call);
  const fields = {
    Name: name,
    Prefix: encode(prefix),
    Delimiter: delimiter === "" ? undefined : encode(delimiter),
    EncodingType: query.get("encoding-type"),
  };
  return { page, limit, fields };
}

function contents({ objects, prefixes }: Listing, call: Call, withOwner: boolean) {
  const encode = encoder(call);
  return {
    Contents: objects.map(({ key, modified, etag, size }) => ({
      Key: encode(key),
      LastModified: new Date(modified).toISOString(),
      ETag: etag,
      Size: size,
      StorageClass: "STANDARD",
      Owner: withOwner ? OWNER : undefined,
    })),
    CommonPrefixes: prefixes.map((Prefix) => ({ Prefix: encode(Prefix) })),
  };
}

/** How keys appear in a listing: as they are, or encoded as in a URL. */
function encoder({ query }: Call): (text: string) => string {
  const type = query.get("encoding-type");
  if (type !== undefined && type !== "url") throw refusals.invalidArgument("The encoding type must be url.");
  if (type === undefined) return (text) => text;
  return (text) => encodeURIComponent(text).replaceAll("%2F", "/").replaceAll("%20", "+");
}

function readToken(token: string): string {
  if (!/^[\w-]+$/.test(token))
    throw refusals.invalidArgument("The continuation token is not one of this bucket's.");
  return Buffer.from(token, "base64url").toString("utf8");
}

export function listParts({ name, store, limits }: Bucket, call: Call): Answer {
  const { id } = findUpload(store, call);
  const marker = numberOf(call, "part-number-marker", 0, 10_000);
  const limit = numberOf(call, "max-parts", 1000, Math.max(1000, limits.pageSize));
  const found = store.uploads.parts(id, marker, limit + 1);
  const page = found.slice(0, limit);
  return xmlAnswer("ListPartsResult", {
    Bucket: name,
    Key: call.key,
    UploadId: id,
    PartNumberMarker: marker,
    NextPartNumberMarker: page.at(-1)?.number ?? marker,
    MaxParts: limit,
    IsTruncated: found.length > limit,
    StorageClass: "STANDARD",
    Part: page.map(({ number, etag, size, modified }) => {
      return { PartNumber: number, LastModified: new Date(modified).toISOString(), ETag: etag, Size: size };
    }),
  });
}

export function listMultipartUploads({ name, store, limits }: Bucket, call: Call): Answer {
  const { query } = call;
  if (query.has("delimiter")) throw refusals.notImplemented("A delimiter in a list of uploads");
  const prefix = query.get("prefix") ?? "";
  const [keyMarker, idMarker] = [query.get("key-marker") ?? "", query.get("upload-id-marker") ?? LAST_ID];
  const limit = numberOf(call, "max-uploads", limits.pageSize, limits.pageSize);
  const { start, end } = rangeOf(prefix);
  const found = store.uploads.list(keyMarker, keyMarker === "" ? "" : idMarker, start, end, limit + 1);
  const page = found.slice(0, limit);
  const [last, encode] = [page.at(-1), encoder(call)];
  const more = found.length > limit && last !== undefined;
  return xmlAnswer("ListMultipartUploadsResult", {
    Bucket: name,
    Prefix: encode(prefix),
    KeyMarker: encode(keyMarker),
    UploadIdMarker: query.get("upload-id-marker") ?? "",
    NextKeyMarker: more ? encode(last.key) : undefined,
    NextUploadIdMarker: more ? last.id : undefined,
    EncodingType: query.get("encoding-type"),
    MaxUploads: limit,
    IsTruncated: more,
    Upload: page.map(({ key, id, initiated }) => ({
      Key: encode(key),
      UploadId: id,
      StorageClass: "STANDARD",
      Initiated: new Date(initiated).toISOString(),
    })),
  });
}
