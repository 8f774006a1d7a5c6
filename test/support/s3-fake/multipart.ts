import { createHash, randomUUID } from "node:crypto";
import { md5Hex } from "./checksums.ts";
import { copySource, refuseOverwrite } from "./objects.ts";
import { metadataOf, type State, type StoredPart, type Upload } from "./state.ts";
import { header, noSuchUpload, notImplemented, Refusal, type Answer, type Call } from "./wire.ts";
import { readXml, xmlAnswer } from "./xml.ts";

const MAX_PART_NUMBER = 10_000;

export function createMultipartUpload(state: State, call: Call): Answer {
  const UploadId = randomUUID();
  const initiated = new Date(state.now());
  state.uploads.set(UploadId, { key: call.key, metadata: metadataOf(call), initiated, parts: new Map() });
  return xmlAnswer("InitiateMultipartUploadResult", { Bucket: state.bucket, Key: call.key, UploadId });
}

export function uploadPart(state: State, call: Call, body: Buffer): Answer {
  const upload = findUpload(state, call);
  for (const name of ["x-amz-checksum-sha256", "x-amz-checksum-sha1"]) {
    if (header(call, name) !== undefined || call.query.has(name)) throw notImplemented(`${name} on a part`);
  }
  const part = { body, etag: `"${md5Hex(body)}"` };
  upload.parts.set(partNumber(call), part);
  return { status: 200, headers: { etag: part.etag } };
}

export function uploadPartCopy(state: State, call: Call): Answer {
  const upload = findUpload(state, call);
  const source = copySource(state, call).body;
  const range = header(call, "x-amz-copy-source-range");
  const [, first = "0", last = String(source.length - 1)] = /^bytes=(\d+)-(\d+)$/.exec(range ?? "") ?? [];
  if (Number(last) >= source.length) {
    throw new Refusal(400, "InvalidArgument", "The range is not within the source.");
  }
  const body = source.subarray(Number(first), Number(last) + 1);
  const etag = `"${md5Hex(body)}"`;
  upload.parts.set(partNumber(call), { body, etag });
  return xmlAnswer("CopyPartResult", { ETag: etag, LastModified: new Date(state.now()).toISOString() });
}

export function completeMultipartUpload(state: State, call: Call, body: Buffer): Answer {
  const upload = findUpload(state, call);
  refuseOverwrite(state, call);
  const parts = chosenParts(upload, readXml(body, "CompleteMultipartUpload", "Part"));
  checkSizes(state, parts);
  const digests = createHash("md5");
  for (const { etag } of parts) digests.update(Buffer.from(etag.slice(1, -1), "hex"));
  const etag = `"${digests.digest("hex")}-${parts.length}"`;
  const whole = Buffer.concat(parts.map((part) => part.body));
  const lastModified = new Date(state.now());
  state.objects.set(call.key, { body: whole, etag, metadata: upload.metadata, lastModified });
  state.uploads.delete(call.query.get("uploadId") ?? "");
  return xmlAnswer("CompleteMultipartUploadResult", { Bucket: state.bucket, Key: call.key, ETag: etag });
}

function chosenParts(upload: Upload, listed: Record<string, string>[]): StoredPart[] {
  if (listed.length === 0) throw new Refusal(400, "MalformedXML", "No parts are named.");
  let last = 0;
  return listed.map(({ PartNumber, ETag = "" }) => {
    const number = Number(PartNumber);
    if (!(number > last)) throw new Refusal(400, "InvalidPartOrder", "The parts are not in ascending order.");
    last = number;
    const part = upload.parts.get(number);
    if (part === undefined || part.etag.replaceAll('"', "") !== ETag.replace(/&quot;|"/g, "")) {
      throw new Refusal(400, "InvalidPart", "A part is missing or its ETag is another.");
    }
    return part;
  });
}

function checkSizes(state: State, parts: StoredPart[]): void {
  const sizes = parts.map((part) => part.body.length);
  const trailing = sizes.pop() ?? 0;
  if (sizes.some((size) => size < state.minPartBytes)) {
    throw new Refusal(400, "EntityTooSmall", "A part but the last is smaller than the minimum.");
  }
  const [first] = sizes;
  if (!state.equalParts || first === undefined) return;
  if (sizes.some((size) => size !== first) || trailing > first) {
    throw new Refusal(400, "InvalidPart", "All non-trailing parts must have the same length.");
  }
}

export function abortMultipartUpload(state: State, call: Call): Answer {
  findUpload(state, call);
  state.uploads.delete(call.query.get("uploadId") ?? "");
  return { status: 204 };
}

export function listParts(state: State, call: Call): Answer {
  const { parts } = findUpload(state, call);
  const after = Number(call.query.get("part-number-marker") ?? 0);
  const limit = Math.min(1000, Number(call.query.get("max-parts") ?? 1000));
  const rest = [...parts].filter(([number]) => number > after).toSorted(([a], [b]) => a - b);
  const page = rest.slice(0, limit);
  return xmlAnswer("ListPartsResult", {
    Bucket: state.bucket,
    Key: call.key,
    UploadId: call.query.get("uploadId"),
    IsTruncated: rest.length > page.length,
    NextPartNumberMarker: page.at(-1)?.[0] ?? 0,
    Part: page.map(([PartNumber, part]) => ({ PartNumber, ETag: part.etag, Size: part.body.length })),
  });
}

export function listMultipartUploads(state: State, call: Call): Answer {
  const prefix = call.query.get("prefix") ?? "";
  const found = [...state.uploads].filter(([, upload]) => upload.key.startsWith(prefix));
  return xmlAnswer("ListMultipartUploadsResult", {
    Bucket: state.bucket,
    Prefix: prefix,
    IsTruncated: false,
    Upload: found.map(([UploadId, { key, initiated }]) => {
      return { Key: key, UploadId, Initiated: initiated.toISOString() };
    }),
  });
}

function findUpload(state: State, call: Call): Upload {
  const upload = state.uploads.get(call.query.get("uploadId") ?? "");
  if (upload === undefined || upload.key !== call.key) throw noSuchUpload();
  return upload;
}

function partNumber(call: Call): number {
  const number = Number(call.query.get("partNumber"));
  if (!Number.isInteger(number) || number < 1 || number > MAX_PART_NUMBER) {
    throw new Refusal(400, "InvalidArgument", "Part number must be from 1 to 10000.");
  }
  return number;
}
