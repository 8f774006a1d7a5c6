import { createHash, createHmac } from "node:crypto";
import { Readable } from "node:stream";
import { CopyObjectCommand, HeadObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { startTestBucket, type TestBucket } from "../support/bucket.ts";
import { connect, filled, refusalOf, type Connection } from "./client.ts";
import { signGet } from "./sign-get.ts";

let bucket: TestBucket;
let s3: Connection;

beforeEach(async () => {
  bucket = await startTestBucket({ basePath: "/s3", signedHosts: ["bucket.internal"], strictAs: undefined });
  s3 = connect(bucket);
});
afterEach(() => bucket.stop());

describe("a signed URL for a PUT", () => {
  test.each([
    ["another object to copy", { "x-amz-copy-source": "packages/secret" }],
    ["metadata", { "x-amz-meta-a": "b" }],
    ["an access list", { "x-amz-acl": "public-read" }],
    ["a header of the future", { "x-amz-tomorrow": "b" }],
  ])("is not a right to add %s", async (_, headers) => {
    await s3.put("secret", "secret");
    const answer = await fetch(await s3.signPut("a"), { method: "PUT", headers, body: "" });
    expect(await refusalOf(answer)).toBe("403 AccessDenied");
    expect([...bucket.objects().keys()]).toEqual(["secret"]);
  });

  test("is heeded beside another server's Authorization, not beside a second signature", async () => {
    const url = await s3.signPut("a");
    const send = (authorization: string) =>
      fetch(url, { method: "PUT", headers: { authorization }, body: "x" });
    expect((await send("Bearer token")).status).toBe(200);
    expect(await refusalOf(await send("AWS4-HMAC-SHA256 Credential=x"))).toBe("400 InvalidArgument");
  });

  test("binds the hash of its body where the client says one", async () => {
    const hash = createHash("sha256").update("hello").digest("hex");
    const url = await s3.signPut("a");
    const headers = { "x-amz-content-sha256": hash };
    expect(await refusalOf(await fetch(url, { method: "PUT", headers, body: "other" }))).toBe(
      "400 XAmzContentSHA256Mismatch",
    );
    expect((await fetch(url, { method: "PUT", headers, body: "hello" })).status).toBe(200);
  });
});

test("a signed URL for a copy stores nothing else in its place", async () => {
  await s3.put("a", "hello");
  const copy = new CopyObjectCommand({ Bucket: bucket.bucket, Key: "b", CopySource: "packages/a" });
  const answer = await fetch(await getSignedUrl(s3.client, copy, { expiresIn: 60 }), { method: "PUT" });
  expect(await refusalOf(answer)).toBe("501 NotImplemented");
  expect(bucket.objects().size).toBe(1);
});

test("a URL that was signed for the internal host is right under every name; one for a third host is not", async () => {
  await s3.put("a", "hello");
  const signedFor = async (host: string) => {
    const url = new URL(await connect({ ...bucket, endpoint: `http://${host}/s3` }).signGet("a"));
    return fetch(`${new URL(bucket.endpoint).origin}${url.pathname}${url.search}`);
  };
  expect(await (await signedFor("bucket.internal")).text()).toBe("hello");
  expect((await signedFor("elsewhere.internal")).status).toBe(403);
});

test.each([
  ["without a signature", (url: string) => url.replace(/\?.*/, ""), "403 AccessDenied"],
  ["for another key", (url: string) => url.replace("/a?", "/b?"), "403 SignatureDoesNotMatch"],
  [
    "with another query",
    (url: string) => `${url}&response-content-type=text/html`,
    "403 SignatureDoesNotMatch",
  ],
  [
    "with a longer life",
    (url: string) => url.replace("Expires=60", "Expires=600"),
    "403 SignatureDoesNotMatch",
  ],
  [
    "that does not sign the host",
    (url: string) => url.replace("SignedHeaders=host", "SignedHeaders=range"),
    "403 AccessDenied",
  ],
  [
    "of another region",
    (url: string) => url.replace("%2Fauto%2F", "%2Fmoon%2F"),
    "400 AuthorizationHeaderMalformed",
  ],
])("a URL %s is refused", async (_, change, refusal) => {
  await s3.put("a", "hello");
  const headers = { range: "bytes=0-1" };
  expect(await refusalOf(await fetch(change(await s3.signGet("a")), { headers }))).toBe(refusal);
});

test("requests from another time are refused", async () => {
  for (const [offset, name] of [
    [16 * 60_000, "RequestTimeTooSkewed"],
    [-16 * 60_000, "RequestTimeTooSkewed"],
  ] as const) {
    const other = connect(bucket, { systemClockOffset: offset });
    await expect(other.text("a")).rejects.toMatchObject({ name });
  }
  const Key = "a";
  const early = new Date(Date.now() + 20 * 60_000);
  const command = new HeadObjectCommand({ Bucket: bucket.bucket, Key });
  const url = await getSignedUrl(s3.client, command, { expiresIn: 60, signingDate: early });
  expect((await fetch(url, { method: "HEAD" })).status).toBe(403);
});

describe("checksums", () => {
  test.each(["CRC32", "CRC32C", "SHA1", "SHA256", "CRC64NVME"] as const)(
    "%s is taken and checked",
    async (name) => {
      const sums = {
        CRC32: "y/Q5Jg==",
        CRC32C: "4waSgw==",
        SHA1: createHash("sha1").update("123456789").digest("base64"),
        SHA256: createHash("sha256").update("123456789").digest("base64"),
        CRC64NVME: "rosUhgp5mIg=",
      };
      await s3.put("a", "123456789", { [`Checksum${name}`]: sums[name] });
      const wrong = s3.put("a", "12345678", { [`Checksum${name}`]: sums[name] });
      await expect(wrong).rejects.toMatchObject({ name: "BadDigest" });
      expect(await s3.text("a")).toBe("123456789");
    },
  );

  test("of chunks with a trailer are checked", async () => {
    const size = 300_000;
    const client = connect(bucket, { requestChecksumCalculation: "WHEN_SUPPORTED" });
    async function* body() {
      yield filled(size, "a");
      yield filled(size, "b");
    }
    const Body = Readable.from(body());
    await client.client.send(
      new PutObjectCommand({ Bucket: "packages", Key: "a", Body, ContentLength: 2 * size }),
    );
    expect(bucket.requests.at(-1)?.headers["x-amz-content-sha256"]).toBe(
      "STREAMING-UNSIGNED-PAYLOAD-TRAILER",
    );
    expect(bucket.objects().get("a")?.size).toBe(2 * size);
    expect(bucket.objects().get("a")?.metadata["content-encoding"]).toBeUndefined();
  });
});

/** A PUT in signed chunks, as the S3 API Reference describes them. */
async function sendSigned(chunks: string[], spoil: (body: string) => string): Promise<Response> {
  const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
  const hmac = (key: string | Buffer, text: string) => createHmac("sha256", key).update(text).digest();
  const date = new Date().toISOString().replace(/[-:]|\.\d+/g, "");
  const scope = `${date.slice(0, 8)}/auto/s3/aws4_request`;
  const key = scope.split("/").reduce<string | Buffer>(hmac, `AWS4${bucket.secretAccessKey}`) as Buffer;
  const trailer = `x-amz-checksum-sha256:${createHash("sha256").update(chunks.join("")).digest("base64")}`;
  const payload = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER";
  const headers: Record<string, string> = {
    "content-encoding": "aws-chunked",
    host: new URL(bucket.endpoint).host,
    "x-amz-content-sha256": payload,
    "x-amz-date": date,
    "x-amz-decoded-content-length": String(chunks.join("").length),
    "x-amz-trailer": "x-amz-checksum-sha256",
  };
  const names = Object.keys(headers).join(";");
  const lines = Object.entries(headers).map(([name, value]) => `${name}:${value}\n`);
  const canonical = ["PUT", "/s3/packages/a", "", lines.join(""), names, payload].join("\n");
  let signature = hmac(key, ["AWS4-HMAC-SHA256", date, scope, sha256(canonical)].join("\n")).toString("hex");
  const authorization = `AWS4-HMAC-SHA256 Credential=${bucket.accessKeyId}/${scope}, SignedHeaders=${names}, Signature=${signature}`;
  const next = (kind: string, ...hashes: string[]) => {
    signature = hmac(
      key,
      [`AWS4-HMAC-SHA256-${kind}`, date, scope, signature, ...hashes].join("\n"),
    ).toString("hex");
    return signature;
  };
  const sent = [...chunks, ""].map((chunk) => {
    return `${chunk.length.toString(16)};chunk-signature=${next("PAYLOAD", sha256(""), sha256(chunk))}\r\n${chunk}${chunk && "\r\n"}`;
  });
  sent.push(`${trailer}\r\nx-amz-trailer-signature:${next("TRAILER", sha256(`${trailer}\n`))}\r\n\r\n`);
  const { host: _, ...others } = headers;
  const url = `${bucket.endpoint}/packages/a`;
  return fetch(url, { method: "PUT", headers: { ...others, authorization }, body: spoil(sent.join("")) });
}

describe("signed chunks", () => {
  const chunks = ["a".repeat(70_000), "b".repeat(1000), "c"];
  test("are put together", async () => {
    expect((await sendSigned(chunks, (body) => body)).status).toBe(200);
    expect(await s3.text("a")).toBe(chunks.join(""));
  });
  test.each([
    ["other bytes", (body: string) => body.replace("bbbbb", "bbxbb"), "403 SignatureDoesNotMatch"],
    ["another trailer", (body: string) => body.replace(/sha256:./, "sha256:_"), "403 SignatureDoesNotMatch"],
    [
      "a chunk too few",
      (body: string) => body.replace(/1;chunk.*\r\nc\r\n/, ""),
      "403 SignatureDoesNotMatch",
    ],
    ["no end", (body: string) => body.slice(0, -4), "400 IncompleteBody"],
    ["a head that is none", (body: string) => `zz${body}`, "400 InvalidRequest"],
  ])("with %s are refused", async (_, spoil, refusal) => {
    expect(await refusalOf(await sendSigned(chunks, spoil))).toBe(refusal);
    expect(bucket.objects().size).toBe(0);
  });
});

test("what clients ask of every bucket has an answer, and what is not done here is refused", async () => {
  await s3.put("a", "hello");
  const ask = (path: string) => fetch(signGet(bucket, path));
  expect(await (await ask("/packages?location")).text()).toContain(">auto</LocationConstraint>");
  expect((await ask("/packages?versioning")).status).toBe(200);
  expect(await (await ask("/packages?acl")).text()).toContain("FULL_CONTROL");
  expect(await (await ask("/")).text()).toContain("<Name>packages</Name>");
  expect(await refusalOf(await ask("/packages?policy"))).toBe("404 NoSuchBucketPolicy");
  expect(await refusalOf(await ask("/packages?versions"))).toBe("501 NotImplemented");
  expect(await refusalOf(await ask("/packages/a?partNumber=1"))).toBe("501 NotImplemented");
  expect(await refusalOf(await ask("/packages/a?versionId=7"))).toBe("501 NotImplemented");
});
