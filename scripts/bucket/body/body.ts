import { createHash } from "node:crypto";
import { header, type Call } from "../http/call.ts";
import { Refusal, refusals } from "../http/refusal.ts";
import { MAX_PUT_BYTES } from "../options.ts";
import type { Verified } from "../signature/verify.ts";
import { decodeChunks } from "./aws-chunked.ts";
import { badDigest, checksOf, declaredMd5, declaredSha256, signedHash } from "./checksums.ts";

/** The bytes that a request brings, or a copy takes. */
export type Body = {
  size: number;
  /** To be read once, to the end: what is wrong with the bytes is thrown there. */
  chunks: AsyncIterable<Buffer>;
  /** MD5 in hex, once all was read. */
  md5: () => string;
  /** SHA-256 in base64 that the bytes were said to have, and have once all was read; undefined where nothing was said. */
  sha256?: string | undefined;
};

/** The body of a PUT, decoded and checked against all that the request says of it. Nothing is read before `chunks` are. */
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
  const signed = hash === undefined ? undefined : Buffer.from(hash, "hex").toString("base64");
  const body = countedBody(
    Number(length),
    streaming ? decodeChunks(source, verified, trailers) : source,
    (chunk) => {
      for (const check of checks) check.update(chunk);
    },
    (md5) => {
      if (declared !== undefined && declared !== md5) throw badDigest("Content-MD5");
      for (const check of checks) check.verify(trailers);
    },
  );
  return { ...body, sha256: signed ?? declaredSha256(call) };
}

/** The hash that the bytes must have; that of an unsigned header counts as well. */
function signedHashOf(call: Call, { payload }: Verified): string | undefined {
  const said = [payload, header(call, "x-amz-content-sha256") ?? payload];
  return said.find((value) => {
    if (/^[\da-f]{64}$/.test(value)) return true;
    if (KNOWN_PAYLOADS.has(value)) return false;
    throw refusals.invalidArgument("x-amz-content-sha256 is none that is known.");
  });
}

const KNOWN_PAYLOADS = new Set([
  "UNSIGNED-PAYLOAD",
  "STREAMING-UNSIGNED-PAYLOAD-TRAILER",
  "STREAMING-AWS4-HMAC-SHA256-PAYLOAD",
  "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER",
]);

/** `size` bytes of `source`, which must be as many. */
export function countedBody(
  size: number,
  source: AsyncIterable<Buffer>,
  onChunk?: (chunk: Buffer) => void,
  onEnd?: (md5: string) => void,
): Body {
  const hash = createHash("md5");
  let md5: string | undefined;
  async function* read(): AsyncGenerator<Buffer> {
    let bytes = 0;
    for await (const chunk of source) {
      bytes += chunk.length;
      if (bytes > size) throw refusals.incomplete();
      hash.update(chunk);
      onChunk?.(chunk);
      yield chunk;
    }
    if (bytes !== size) throw refusals.incomplete();
    md5 = hash.digest("hex");
    onEnd?.(md5);
  }
  return {
    size,
    chunks: read(),
    md5: () => {
      if (md5 === undefined) throw new Error("The body was not read to its end.");
      return md5;
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
