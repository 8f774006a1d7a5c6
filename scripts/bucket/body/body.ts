import { createHash, randomBytes } from "node:crypto";
import { header, type Call } from "../http/call.ts";
import { Refusal, refusals } from "../http/refusal.ts";
import { MAX_PUT_BYTES } from "../options.ts";
import type { Verified } from "../signature/verify.ts";
import { decodeChunks } from "./aws-chunked.ts";
import { badDigest, checksOf, declaredMd5, declaredSha256, signedHash } from "./checksums.ts";

/** The bytes that a request brings or that a copy takes. */
export type Body = {
  size: number;
  /** To be read once, to the end. It throws where something is wrong with the bytes. */
  chunks: AsyncIterable<Buffer>;
  /** What identifies these bytes once all were read, without quotes: their MD5, unless `x-slipway-etag: any`. */
  etag: () => string;
  /**
   * The SHA-256 in base64 that the bytes were declared to have, and do have once all were read; undefined where none was
   * declared.
   */
  sha256?: string | undefined;
};

/**
 * The body of a PUT, decoded and checked against everything that the request says of it. Nothing is read before `chunks`
 * are.
 */
export function bodyOf(call: Call, verified: Verified, source: AsyncIterable<Buffer>): Body {
  const streaming = verified.payload.startsWith("STREAMING-");
  const length = header(call, streaming ? "x-amz-decoded-content-length" : "content-length");
  if (length === undefined || !/^\d{1,15}$/.test(length)) {
    throw new Refusal(411, "MissingContentLength", "You must provide the Content-Length HTTP header.");
  }
  if (Number(length) > MAX_PUT_BYTES) throw refusals.tooLarge();
  const trailers = new Map<string, string>();
  const checks = checksOf(call);
  const hash = signedHashOf(call, verified);
  if (hash !== undefined) checks.push(signedHash(hash));
  const declared = declaredMd5(call);
  const asked = header(call, "x-slipway-etag") ?? call.query.get("x-slipway-etag");
  const named = declared === undefined && asked === "any";
  const signed = hash === undefined ? undefined : Buffer.from(hash, "hex").toString("base64");
  const body = countedBody(Number(length), streaming ? decodeChunks(source, verified, trailers) : source, {
    etag: named ? randomEtag() : md5Etag(),
    onChunk(chunk) {
      for (const check of checks) check.update(chunk);
    },
    onEnd(etag) {
      if (declared !== undefined && declared !== etag) throw badDigest("Content-MD5");
      for (const check of checks) check.verify(trailers);
    },
  });
  return { ...body, sha256: signed ?? declaredSha256(call) };
}

/** The hash that the bytes must have, even where its header was not signed. */
function signedHashOf(call: Call, { payload }: Verified): string | undefined {
  const said = [payload, header(call, "x-amz-content-sha256") ?? payload];
  return said.find((value) => {
    if (/^[\da-f]{64}$/.test(value)) return true;
    if (KNOWN_PAYLOADS.has(value)) return false;
    throw refusals.invalidArgument("The value of x-amz-content-sha256 is not supported.");
  });
}

const KNOWN_PAYLOADS = new Set([
  "UNSIGNED-PAYLOAD",
  "STREAMING-UNSIGNED-PAYLOAD-TRAILER",
  "STREAMING-AWS4-HMAC-SHA256-PAYLOAD",
  "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER",
]);

type EtagMaker = { update?: (chunk: Buffer) => void; make: () => string };

function md5Etag(): EtagMaker {
  const hash = createHash("md5");
  return { update: (chunk) => void hash.update(chunk), make: () => hash.digest("hex") };
}

/**
 * Most of the cost of storing bytes is their MD5, so it is left out here. The count at the end, as ETags of joined parts
 * have, keeps clients from taking the value for an MD5.
 */
const randomEtag = (): EtagMaker => ({ make: () => `${randomBytes(16).toString("hex")}-1` });

type Watching = { etag: EtagMaker; onChunk: (chunk: Buffer) => void; onEnd: (etag: string) => void };

/** Exactly `size` bytes of `source`. */
export function countedBody(
  size: number,
  source: AsyncIterable<Buffer>,
  { etag: maker, onChunk, onEnd }: Partial<Watching> & { etag: EtagMaker } = { etag: md5Etag() },
): Body {
  let etag: string | undefined;
  async function* read(): AsyncGenerator<Buffer> {
    let bytes = 0;
    for await (const chunk of source) {
      bytes += chunk.length;
      if (bytes > size) throw refusals.incomplete();
      maker.update?.(chunk);
      onChunk?.(chunk);
      yield chunk;
    }
    if (bytes !== size) throw refusals.incomplete();
    etag = maker.make();
    onEnd?.(etag);
  }
  return {
    size,
    chunks: read(),
    etag: () => {
      if (etag === undefined) throw new Error("The body was not read to its end.");
      return etag;
    },
  };
}

/** All of a small body, as text. */
export async function readText(body: Body, maxBytes: number): Promise<string> {
  if (body.size > maxBytes) throw refusals.tooLarge();
  const chunks: Buffer[] = [];
  for await (const chunk of body.chunks) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}
