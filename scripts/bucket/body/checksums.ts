import { createHash } from "node:crypto";
import { crc32 } from "node:zlib";
import { header, type Call } from "../http/call.ts";
import { Refusal } from "../http/refusal.ts";
import { createCrc, CRC32C, CRC64NVME } from "./crc.ts";

/** One of a body's own checksums, made while it is read. */
export type Check = { update(chunk: Buffer): void; verify(trailers: Map<string, string>): void };

type Sum = { update(chunk: Buffer): void; digest(): Buffer };

const PREFIX = "x-amz-checksum-";
const SUMS: Record<string, () => Sum> = {
  crc32: () => {
    let sum = 0;
    return {
      update: (chunk) => (sum = crc32(chunk, sum)),
      digest: () => Buffer.from(sum.toString(16).padStart(8, "0"), "hex"),
    };
  },
  crc32c: () => createCrc(CRC32C),
  crc64nvme: () => createCrc(CRC64NVME),
  sha1: () => createHash("sha1"),
  sha256: () => createHash("sha256"),
};

/** The checksums of S3 that a request names, by header, in its query or as trailers. */
export function namedChecksums(call: Call): string[] {
  const named = (header(call, "x-amz-trailer") ?? "").split(",");
  const trailers = new Set(named.map((name) => name.trim().toLowerCase()));
  return Object.keys(SUMS).filter((name) => {
    const full = PREFIX + name;
    return header(call, full) !== undefined || call.query.has(full) || trailers.has(full);
  });
}

/** The checks that the checksums of a request demand of its body; each throws where the body does not match. */
export function checksOf(call: Call): Check[] {
  const checks = namedChecksums(call).map((name): Check => {
    const full = PREFIX + name;
    const given = header(call, full) ?? call.query.get(full);
    const sum = SUMS[name]?.();
    return {
      update: (chunk) => sum?.update(chunk),
      verify: (trailers) => {
        if (sum?.digest().toString("base64") !== (given ?? trailers.get(full))) throw badDigest(name);
      },
    };
  });
  const digest = contentDigest(call);
  return digest === undefined ? checks : [...checks, sha256Check(digest)];
}

function sha256Check(expected: string): Check {
  const hash = createHash("sha256");
  return {
    update: (chunk) => void hash.update(chunk),
    verify: () => {
      if (hash.digest("base64") !== expected) throw badDigest("Content-Digest");
    },
  };
}

/** The SHA-256 in base64 of a Content-Digest (RFC 9530), which needs no signature; undefined where it names none. */
function contentDigest(call: Call): string | undefined {
  const named = /(?:^|[,\s])sha-256=([^,\s]*)/i.exec(header(call, "content-digest") ?? "")?.[1];
  if (named === undefined) return undefined;
  const digest = /^:([A-Za-z0-9+/]{43}=):$/.exec(named)?.[1];
  if (digest === undefined)
    throw new Refusal(400, "InvalidDigest", "The Content-Digest you specified is not valid.");
  return digest;
}

/** The check of the hash that the signature covers. */
export function signedHash(expected: string): Check {
  const hash = createHash("sha256");
  return {
    update: (chunk) => void hash.update(chunk),
    verify: () => {
      if (hash.digest("hex") === expected) return;
      throw new Refusal(400, "XAmzContentSHA256Mismatch", "The payload is not the one that was signed.");
    },
  };
}

/** The MD5 that Content-MD5 says, in hex; undefined where it says none. */
export function declaredMd5(call: Call): string | undefined {
  const md5 = header(call, "content-md5");
  if (md5 !== undefined && !/^[A-Za-z0-9+/]{22}==$/.test(md5)) {
    throw new Refusal(400, "InvalidDigest", "The Content-MD5 you specified is not valid.");
  }
  return md5 && Buffer.from(md5, "base64").toString("hex");
}

/** The SHA-256 in base64 that the head of a request names; undefined where it names none, or only after the body. */
export const declaredSha256 = (call: Call): string | undefined =>
  header(call, `${PREFIX}sha256`) ?? call.query.get(`${PREFIX}sha256`) ?? contentDigest(call);

export const badDigest = (what: string): Refusal =>
  new Refusal(400, "BadDigest", `The ${what} you specified did not match.`);
