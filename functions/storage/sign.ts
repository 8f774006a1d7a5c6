import { S3RequestPresigner } from "@aws-sdk/s3-request-presigner";
import { attachment, percentEncode } from "./attachment.ts";
import type { BucketAddress } from "./client.ts";
import { NativeSha256 } from "./native-sha256.ts";
import { StorageError, type SignedRequest, type Storage } from "./storage.ts";

type SigningOptions = BucketAddress & {
  /**
   * Where clients reach the bucket: an address, or a path on the server that hands out the URL; the signature is then made
   * for `endpoint`.
   */
  publicEndpoint?: string;
  /** Whether it is the embedded bucket, which makes no MD5 of a signed PUT and compares Content-Digests. */
  embedded?: boolean;
  clock: () => number;
};

/** The longest life that every store accepts: a week. Seconds. */
const LONGEST_EXPIRY = 604_800;

/** Stays a header, because stores ignore it in the query, where the presigner would move it. */
const UNHOISTABLE = new Set(["x-amz-checksum-sha256"]);
/** The presigner leaves the content type unsigned unless told. */
const SIGNABLE = new Set(["host", "content-length", "content-type", "content-md5", "x-amz-checksum-sha256"]);

/** Signs URLs for clients. It bypasses the SDK's command pipeline: only the signature itself is computed per call. */
export function createSigner(options: SigningOptions): Pick<Storage, "signGet" | "signPut" | "signPart"> {
  const credentials = { accessKeyId: options.accessKeyId, secretAccessKey: options.secretAccessKey };
  const presigner = new S3RequestPresigner({ credentials, region: options.region, sha256: NativeSha256 });
  const base = bucketBase(options);
  const put: Record<string, string> = options.embedded ? { "x-slipway-etag": "any" } : {};
  const origin = options.publicEndpoint?.startsWith("/") ? "" : `${base.protocol}//${base.host}`;

  async function sign(
    method: "GET" | "PUT",
    key: string,
    query: Record<string, string>,
    headers: Record<string, string>,
    expiresIn: number,
  ): Promise<SignedRequest> {
    if (!Number.isInteger(expiresIn) || expiresIn < 1 || expiresIn > LONGEST_EXPIRY) {
      throw new StorageError("invalid", "A signed URL lives from 1 second to 7 days.");
    }
    const { host, ...target } = base;
    const path = `${target.path}/${encodeKey(key)}`;
    const signed = await presigner.presign(
      { ...target, method, path, query, headers: { ...headers, host } },
      {
        expiresIn,
        signingDate: new Date(options.clock()),
        unhoistableHeaders: new Set(UNHOISTABLE),
        signableHeaders: new Set(SIGNABLE),
      },
    );
    // Left out because the client's HTTP library sets them: several libraries refuse to be given them.
    const { "content-length": _length, ...toSend } = headers;
    return { url: `${origin}${path}?${queryString(signed.query ?? {})}`, headers: toSend };
  }

  return {
    async signGet(key, { expiresIn, fileName, contentType, cacheControl }) {
      const overrides: Record<string, string> = {
        "response-content-disposition": attachment(fileName),
        "response-content-type": contentType,
      };
      if (cacheControl !== undefined) overrides["response-cache-control"] = cacheControl;
      return (await sign("GET", key, overrides, {}, expiresIn)).url;
    },

    async signPut(key, { expiresIn, size, contentType, sha256, md5 }) {
      const headers: Record<string, string> = { "content-length": String(size), "content-type": contentType };
      if (sha256 !== undefined) headers["x-amz-checksum-sha256"] = hexToBase64(sha256);
      if (md5 !== undefined) headers["content-md5"] = md5;
      return await sign("PUT", key, put, headers, expiresIn);
    },

    async signPart(key, uploadId, partNumber, { expiresIn, size, md5 }) {
      const headers: Record<string, string> = { "content-length": String(size) };
      if (md5 !== undefined) headers["content-md5"] = md5;
      const query = { ...put, partNumber: String(partNumber), uploadId };
      const signed = await sign("PUT", key, query, headers, expiresIn);
      return options.embedded ? { ...signed, digest: "sha-256" } : signed;
    },
  };
}

/** A key as a path: every segment encoded, the slashes kept. */
export function encodeKey(key: string): string {
  return key.split("/").map(percentEncode).join("/");
}

function bucketBase({ endpoint, publicEndpoint = endpoint, bucket, forcePathStyle }: SigningOptions) {
  const { protocol, hostname, port, pathname } = new URL(publicEndpoint, endpoint);
  const name = forcePathStyle ? hostname : `${bucket}.${hostname}`;
  const path = pathname.replace(/\/+$/, "") + (forcePathStyle ? `/${percentEncode(bucket)}` : "");
  return {
    protocol,
    hostname: name,
    port: port === "" ? undefined : Number(port),
    host: port === "" ? name : `${name}:${port}`,
    path,
  };
}

function queryString(query: Record<string, string | string[] | null>): string {
  return Object.entries(query)
    .map(([name, value]) => `${percentEncode(name)}=${percentEncode(String(value ?? ""))}`)
    .join("&");
}

function hexToBase64(hex: string): string {
  if (!/^[0-9a-f]{64}$/i.test(hex)) throw new StorageError("invalid", "A SHA-256 is 64 hexadecimal digits.");
  return Buffer.from(hex, "hex").toString("base64");
}
