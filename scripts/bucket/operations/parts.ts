import { open } from "node:fs/promises";
import type { Bucket } from "../bucket-state.ts";
import { countedBody, type Body } from "../body/body.ts";
import { namedChecksums } from "../body/checksums.ts";
import type { Answer, Range } from "../http/answer.ts";
import { header, type Call } from "../http/call.ts";
import { refusals } from "../http/refusal.ts";
import { xmlAnswer } from "../http/xml.ts";
import type { Store } from "../store/store.ts";
import type { PartRow, UploadRow } from "../store/upload-rows.ts";
import { writeBody } from "../store/writer.ts";
import { copySource } from "./copy.ts";

const MAX_PART_NUMBER = 10_000;
const READ_BYTES = 1024 ** 2;

export async function uploadPart(bucket: Bucket, call: Call, body: () => Body): Promise<Answer> {
  const upload = findUpload(bucket.store, call);
  const unknown = namedChecksums(call).find((name) => name === "sha256" || name === "sha1");
  if (bucket.strict && unknown) throw refusals.notImplemented(`x-amz-checksum-${unknown} on a part`);
  const { etag } = await storePart(bucket, upload, partNumber(call), body());
  return { status: 200, headers: { etag } };
}

export async function uploadPartCopy(bucket: Bucket, call: Call): Promise<Answer> {
  const { store } = bucket;
  const upload = findUpload(store, call);
  const number = partNumber(call);
  const { object } = copySource(bucket, call);
  const range = copyRange(header(call, "x-amz-copy-source-range"), object.size);
  if (range.end - range.start + 1 > bucket.limits.maxCopyBytes) {
    throw refusals.invalidRequest("The copy source is too large for one step: copy it in parts.");
  }
  const source = store.files.hold(object.file);
  try {
    const body = countedBody(range.end - range.start + 1, readFile(source.path, range));
    const { etag, modified } = await storePart(bucket, upload, number, body);
    return xmlAnswer("CopyPartResult", { ETag: etag, LastModified: new Date(modified).toISOString() });
  } finally {
    source.release();
  }
}

/** Writes a part to the place that it was given, then records that it is there. */
async function storePart(
  { store, now }: Bucket,
  upload: UploadRow,
  number: number,
  body: Body,
): Promise<PartRow> {
  const claim = store.open.claim(upload, number, body.size);
  try {
    await writeBody(store.files, claim, body.chunks, refusals.noSuchUpload);
    const row: PartRow = {
      number,
      file: claim.file.name,
      offset: claim.offset,
      size: body.size,
      etag: `"${body.etag()}"`,
      modified: now(),
      sha256: body.sha256 ?? null,
    };
    await store.commit((drop) => {
      if (claim.cancelled || store.uploads.find(upload.id) === undefined) throw refusals.noSuchUpload();
      const before = store.uploads.part(upload.id, number);
      store.hashes.replaced(upload.id, before);
      drop(before?.file);
      store.uploads.putPart(upload.id, row);
    });
    store.hashes.partStored(upload.id);
    return row;
  } finally {
    claim.release();
  }
}

function copyRange(text: string | undefined, size: number): Range {
  const [, first, last] = /^bytes=(\d{1,15})-(\d{1,15})$/.exec(text ?? `bytes=0-${size - 1}`) ?? [];
  const range = { start: Number(first), end: Number(last) };
  if (text === undefined) return { start: 0, end: size - 1 };
  if (first === undefined || range.end >= size || range.start > range.end) {
    throw refusals.invalidArgument("The range is not within the source.");
  }
  return range;
}

async function* readFile(path: string, { start, end }: Range): AsyncGenerator<Buffer> {
  const handle = await open(path, "r");
  try {
    for (let at = start; at <= end;) {
      const buffer = Buffer.allocUnsafeSlow(Math.min(READ_BYTES, end - at + 1));
      const { bytesRead } = await handle.read(buffer, 0, buffer.length, at);
      if (bytesRead === 0) throw new Error("A data file is shorter than its row says.");
      at += bytesRead;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await handle.close();
  }
}

/** The upload that a request names, under the key that it is for. */
export function findUpload({ uploads }: Store, call: Call): UploadRow {
  const upload = uploads.find(call.query.get("uploadId") ?? "");
  if (upload === undefined || upload.key !== call.key) throw refusals.noSuchUpload();
  return upload;
}

function partNumber(call: Call): number {
  const number = Number(call.query.get("partNumber"));
  if (!Number.isInteger(number) || number < 1 || number > MAX_PART_NUMBER) {
    throw refusals.invalidArgument("Part number must be from 1 to 10000.");
  }
  return number;
}
