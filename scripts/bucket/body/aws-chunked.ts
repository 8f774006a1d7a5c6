import { createHash, type Hash } from "node:crypto";
import { Refusal } from "../http/refusal.ts";
import { hmac } from "../signature/credentials.ts";
import { same, type Verified } from "../signature/verify.ts";
import { createReader } from "./chunk-reader.ts";

const EMPTY_SHA256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
const MAX_TRAILERS = 16;

const malformed = () => new Refusal(400, "InvalidRequest", "The body is not valid aws-chunked encoding.");

/**
 * The bytes inside a body of `aws-chunked` encoding; its trailers are put into `trailers`. Signatures of chunks and trailers
 * are checked where the payload says that there are any. A chunk's bytes have been passed on by the time its signature turns
 * out to be wrong; the error then comes at the end. Method: the S3 API Reference, "Signature Calculations: Transferring
 * Payload in Multiple Chunks".
 */
export async function* decodeChunks(
  source: AsyncIterable<Buffer>,
  verified: Verified,
  trailers: Map<string, string>,
): AsyncGenerator<Buffer> {
  const signatures = verified.payload.startsWith("STREAMING-AWS4") ? chunkSignatures(verified) : undefined;
  const reader = createReader(source);
  for (;;) {
    const { size, signature } = parseHead(await reader.line());
    const hash = createHash("sha256");
    for (let left = size; left > 0;) {
      const bytes = await reader.some(left);
      if (signatures) hash.update(bytes);
      left -= bytes.length;
      yield bytes;
    }
    signatures?.check(hash, signature);
    if (size === 0) break;
    if ((await reader.line()) !== "") throw malformed();
  }
  const signed = await readTrailers(() => reader.line(), trailers);
  if (verified.payload.endsWith("-TRAILER")) signatures?.checkTrailers(signed, trailers);
}

function parseHead(line: string): { size: number; signature: string } {
  const [, size, , signature = ""] = /^([\da-f]{1,10})(;chunk-signature=([\da-f]{64}))?$/i.exec(line) ?? [];
  if (size === undefined) throw malformed();
  return { size: parseInt(size, 16), signature };
}

/** @returns the trailers as they are signed, one a line */
async function readTrailers(nextLine: () => Promise<string>, trailers: Map<string, string>): Promise<string> {
  let signed = "";
  for (let count = 0; count <= MAX_TRAILERS; count++) {
    const line = await nextLine();
    if (line === "") return signed;
    const colon = line.indexOf(":");
    if (colon < 1) throw malformed();
    const [name, value] = [line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()];
    trailers.set(name, value);
    if (name !== "x-amz-trailer-signature") signed += `${name}:${value}\n`;
  }
  throw malformed();
}

/** Each signature covers the one before it. */
function chunkSignatures({ key, date, scope, signature }: Verified) {
  let previous = signature;
  const check = (kind: string, hashes: string[], given: string) => {
    const text = [`AWS4-HMAC-SHA256-${kind}`, date, scope, previous, ...hashes].join("\n");
    previous = hmac(key, text).toString("hex");
    if (same(previous, given)) return;
    throw new Refusal(403, "SignatureDoesNotMatch", "The signature of a chunk does not match.");
  };
  return {
    check: (chunk: Hash, given: string) => check("PAYLOAD", [EMPTY_SHA256, chunk.digest("hex")], given),
    checkTrailers(signed: string, trailers: Map<string, string>) {
      const hash = createHash("sha256").update(signed, "latin1").digest("hex");
      check("TRAILER", [hash], trailers.get("x-amz-trailer-signature") ?? "");
    },
  };
}
