import { createHash } from "node:crypto";
import { crc32 } from "node:zlib";
import { header, notImplemented, Refusal, type Call } from "./wire.ts";

const badDigest = (what: string) => new Refusal(400, "BadDigest", `The ${what} you specified did not match.`);

/** Refuses a body that is not what the request's own checksums say. */
export function checkBody(call: Call, body: Buffer): void {
  const declared = header(call, "x-amz-content-sha256");
  if (declared?.startsWith("STREAMING-")) throw notImplemented("A streaming payload");
  if (
    declared !== undefined &&
    declared !== "UNSIGNED-PAYLOAD" &&
    declared !== digest("sha256", body, "hex")
  ) {
    throw new Refusal(400, "XAmzContentSHA256Mismatch", "The payload is not the one that was signed.");
  }
  const md5 = header(call, "content-md5");
  if (md5 !== undefined) {
    if (!/^[A-Za-z0-9+/]{22}==$/.test(md5)) {
      throw new Refusal(400, "InvalidDigest", "The Content-MD5 you specified is not valid.");
    }
    if (md5 !== digest("md5", body, "base64")) throw badDigest("Content-MD5");
  }
  const sha256 = header(call, "x-amz-checksum-sha256");
  if (sha256 !== undefined && sha256 !== digest("sha256", body, "base64")) throw badDigest("SHA256");
  // Only as a header does S3 heed a SHA-256; a CRC32 that the SDK moved to the query it does check.
  const crc = header(call, "x-amz-checksum-crc32") ?? call.query.get("x-amz-checksum-crc32");
  if (crc !== undefined && crc !== crc32Base64(body)) throw badDigest("CRC32");
}

export function md5Hex(body: Buffer): string {
  return digest("md5", body, "hex");
}

function digest(algorithm: string, body: Buffer, encoding: "hex" | "base64"): string {
  return createHash(algorithm).update(body).digest(encoding);
}

function crc32Base64(body: Buffer): string {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(crc32(body));
  return bytes.toString("base64");
}
