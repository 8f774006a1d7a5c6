import { createHash, randomUUID } from "node:crypto";
import type { Bucket } from "../bucket-state.ts";
import { readText, type Body } from "../body/body.ts";
import type { Answer } from "../http/answer.ts";
import { header, type Call } from "../http/call.ts";
import { checkWrite, unquote } from "../http/conditions.ts";
import { metadataOf } from "../http/metadata.ts";
import { childrenOf, readXml, textOf, type Element } from "../http/read-xml.ts";
import { Refusal, refusals } from "../http/refusal.ts";
import { xmlAnswer } from "../http/xml.ts";
import type { Limits } from "../options.ts";
import { joinParts, trim } from "../store/complete.ts";
import { deleteUpload } from "../store/sweep.ts";
import type { PartRow, UploadRow } from "../store/upload-rows.ts";
import { findUpload } from "./parts.ts";

/** 10,000 parts with every checksum that S3 knows. */
const MAX_XML_BYTES = 8 * 1024 ** 2;

export async function createMultipartUpload({ name, store, now }: Bucket, call: Call): Promise<Answer> {
  const UploadId = randomUUID();
  await store.commit(() => store.uploads.add(UploadId, call.key, metadataOf(call), now()));
  return xmlAnswer("InitiateMultipartUploadResult", { Bucket: name, Key: call.key, UploadId });
}

export async function abortMultipartUpload({ store }: Bucket, call: Call): Promise<Answer> {
  const { id } = findUpload(store, call);
  if (store.open.isSealed(id)) throw refusals.noSuchUpload();
  await deleteUpload(store, id);
  return { status: 204 };
}

export async function completeMultipartUpload(bucket: Bucket, call: Call, body: () => Body): Promise<Answer> {
  const { name, store } = bucket;
  findUpload(store, call);
  const request = readXml(await readText(body(), MAX_XML_BYTES), "CompleteMultipartUpload");
  const upload = findUpload(store, call);
  checkWrite(call, store.objects.find(call.key));
  const parts = chosenParts(store.uploads.parts(upload.id), childrenOf(request, "Part"));
  checkSizes(bucket.limits, parts);
  const size = parts.reduce((sum, part) => sum + part.size, 0);
  if (Number(header(call, "x-amz-mp-object-size") ?? size) !== size) {
    throw refusals.invalidRequest("The parts together do not have the size in x-amz-mp-object-size.");
  }
  // Sealed in the same step in which the parts were looked at, so that they stay what they are.
  await store.open.seal(upload.id);
  try {
    const etag = await makeObject(bucket, call, upload, parts);
    return xmlAnswer("CompleteMultipartUploadResult", {
      Location: `/${name}/${encodeURIComponent(call.key)}`,
      Bucket: name,
      Key: call.key,
      ETag: etag,
    });
  } finally {
    store.open.unseal(upload.id);
  }
}

async function makeObject(
  { store, limits, now }: Bucket,
  call: Call,
  upload: UploadRow,
  parts: PartRow[],
): Promise<string> {
  const whole = await joinParts(store, upload, parts);
  try {
    const size = parts.reduce((sum, part) => sum + part.size, 0);
    const etag = etagOf(parts);
    const sha256 = await store.hashes.finish(upload.id, whole.name, size, limits.maxLateHashBytes);
    const row = { file: whole.name, size, etag, metadata: upload.metadata, modified: now(), sha256 };
    await store.commit((drop) => {
      checkWrite(call, store.objects.find(call.key));
      drop(store.objects.put(call.key, row));
      drop(upload.file ?? undefined);
      for (const part of store.uploads.parts(upload.id)) drop(part.file);
      store.uploads.delete(upload.id);
    });
    store.hashes.forget(upload.id);
    await trim(store, whole, size);
    return etag;
  } finally {
    whole.release();
  }
}

/**
 * The ETag of joined parts, as S3 and R2 make it: the MD5 of the parts' MD5s (or of what stands for them), and the number of
 * parts.
 */
function etagOf(parts: PartRow[]): string {
  const digests = createHash("md5");
  for (const { etag } of parts) digests.update(Buffer.from(unquote(etag).slice(0, 32), "hex"));
  return `"${digests.digest("hex")}-${parts.length}"`;
}

function chosenParts(present: PartRow[], listed: Element[]): PartRow[] {
  if (listed.length === 0) throw new Refusal(400, "MalformedXML", "The request does not name any parts.");
  const byNumber = new Map(present.map((part) => [part.number, part]));
  let last = 0;
  return listed.map((element) => {
    const number = Number(textOf(element, "PartNumber"));
    if (!(number > last)) throw new Refusal(400, "InvalidPartOrder", "The parts are not in ascending order.");
    last = number;
    const part = byNumber.get(number);
    if (part === undefined || unquote(part.etag) !== unquote(textOf(element, "ETag") ?? "")) {
      throw new Refusal(400, "InvalidPart", "A part is missing, or its ETag does not match.");
    }
    const sha256 = textOf(element, "ChecksumSHA256");
    if (sha256 !== undefined && sha256 !== part.sha256) {
      throw new Refusal(400, "InvalidPart", "A part was not sent with this SHA-256.");
    }
    return part;
  });
}

function checkSizes({ minPartBytes, equalParts }: Limits, parts: PartRow[]): void {
  const sizes = parts.map((part) => part.size);
  const trailing = sizes.pop() ?? 0;
  if (sizes.some((size) => size < minPartBytes)) {
    throw new Refusal(400, "EntityTooSmall", "A part other than the last is smaller than the minimum.");
  }
  const [first] = sizes;
  if (!equalParts || first === undefined) return;
  if (sizes.some((size) => size !== first) || trailing > first) {
    throw new Refusal(400, "InvalidPart", "All non-trailing parts must have the same length.");
  }
}
