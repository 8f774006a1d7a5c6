import { readdirSync } from "node:fs";
import { request } from "node:http";
import {
  CopyObjectCommand,
  DeleteObjectsCommand,
  GetBucketCorsCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutBucketCorsCommand,
} from "@aws-sdk/client-s3";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { startTestBucket, type TestBucket } from "../support/bucket.ts";
import { connect, dataFiles, filled, refusalOf, type Connection } from "./client.ts";

let bucket: TestBucket;
let s3: Connection;
const Bucket = "packages";

beforeEach(async () => {
  bucket = await startTestBucket({ pageSize: 3, cors: undefined });
  s3 = connect(bucket);
});
afterEach(() => bucket.stop());

const files = () => dataFiles(bucket);

test.each(["a/../../etc/passwd", "//a//", "100%", "a%2Fb", "更新+é '", "..", "a/", "x".repeat(1024)])(
  "the key %j is only text",
  async (key) => {
    await s3.put(key, key);
    expect(await s3.text(key)).toBe(Buffer.from(key).toString("latin1"));
    const listed = await s3.client.send(new ListObjectsV2Command({ Bucket }));
    expect(listed.Contents).toMatchObject([{ Key: key }]);
    expect(readdirSync(bucket.folder).toSorted()).toEqual(["bucket.sqlite", "bucket.sqlite-wal", "objects"]);
  },
);

test("a key of more than 1024 bytes is refused, and so is another bucket", async () => {
  await expect(s3.put("é".repeat(513), "a")).rejects.toMatchObject({ name: "KeyTooLongError" });
  const other = new HeadBucketCommand({ Bucket: "other" });
  await expect(s3.client.send(other)).rejects.toMatchObject({ $metadata: { httpStatusCode: 404 } });
  await s3.client.send(new HeadBucketCommand({ Bucket }));
});

test("metadata comes back, and copies take it along or get their own", async () => {
  const own = { ContentType: "text/x", CacheControl: "no-cache", Metadata: { a: "b" } };
  await s3.put("a", "hello", own);
  const head = (Key: string) => s3.client.send(new HeadObjectCommand({ Bucket, Key }));
  const copy = (Key: string, other = {}) =>
    s3.client.send(new CopyObjectCommand({ Bucket, Key, CopySource: `${Bucket}/a`, ...other }));
  await copy("b");
  await copy("c", { MetadataDirective: "REPLACE", ContentType: "text/y" });
  expect(await head("a")).toMatchObject({ ...own, ContentLength: 5 });
  expect(await head("b")).toMatchObject(own);
  expect(await head("c")).toMatchObject({ ContentType: "text/y", Metadata: {} });
  expect(files()).toHaveLength(1);
});

test("the bytes of copies stay until the last of them is deleted", async () => {
  await s3.put("a", "hello");
  await s3.client.send(new CopyObjectCommand({ Bucket, Key: "b", CopySource: `${Bucket}/a` }));
  await s3.put("a", "other");
  expect(await s3.text("b")).toBe("hello");
  const keys = { Objects: [{ Key: "a" }, { Key: "b" }, { Key: "no <such> & key" }] };
  const { Deleted } = await s3.client.send(new DeleteObjectsCommand({ Bucket, Delete: keys }));
  expect(Deleted).toEqual(keys.Objects);
  await bucket.sweep();
  expect(files()).toEqual([]);
});

test("who reads an object reads it to its end, though it is replaced and deleted meanwhile", async () => {
  const size = 32 * 1024 ** 2;
  await s3.put("a", filled(size, "a"));
  const answer = await fetch(await s3.signGet("a"));
  const reader = answer.body?.getReader();
  let bytes = (await reader?.read())?.value?.length ?? 0;
  await s3.put("a", filled(size, "b"));
  await s3.client.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects: [{ Key: "a" }] } }));
  for (let next = await reader?.read(); next?.value; next = await reader?.read()) {
    expect(next.value.every((byte) => byte === 97)).toBe(true);
    bytes += next.value.length;
  }
  expect(bytes).toBe(size);
  await bucket.sweep();
  expect(files()).toEqual([]);
});

describe("answers", () => {
  test("are presented as the signed URL says, and never as something to guess", async () => {
    await s3.put("a", "hello", { ContentType: "text/html" });
    const other = {
      ResponseContentType: "text/plain",
      ResponseContentDisposition: 'attachment; filename="b"',
    };
    const answer = await fetch(await s3.signGet("a", other));
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      "content-type": "text/plain",
      "content-disposition": 'attachment; filename="b"',
      "x-content-type-options": "nosniff",
    });
    const split = await fetch(await s3.signGet("a", { ResponseContentType: "a\r\nset-cookie: b" }));
    expect(await refusalOf(split)).toBe("400 InvalidArgument");
  });

  test.each(["https://pages.example", "null"])("can be read by pages of %s", async (origin) => {
    await s3.put("a", "hello");
    const answer = await fetch(await s3.signGet("a"), { headers: { origin } });
    expect(answer.headers.get("access-control-allow-origin")).toBe("*");
    expect(answer.headers.get("access-control-expose-headers")).toContain("ETag");
  });

  test("follow the rules that the bucket is given, and again after a restart", async () => {
    const rule = { AllowedOrigins: ["https://*.example"], AllowedMethods: ["GET"], AllowedHeaders: ["x-*"] };
    const CORSConfiguration = { CORSRules: [rule] };
    await s3.client.send(new PutBucketCorsCommand({ Bucket, CORSConfiguration }));
    const { CORSRules } = await s3.client.send(new GetBucketCorsCommand({ Bucket }));
    expect(CORSRules).toMatchObject([rule]);
    const ask = async (origin: string, header: string) => {
      const asked = { "access-control-request-method": "GET", "access-control-request-headers": header };
      const headers = { origin, ...asked };
      return (await fetch(`${bucket.endpoint}/${Bucket}/a`, { method: "OPTIONS", headers })).status;
    };
    expect(await ask("https://a.example", "x-thing")).toBe(200);
    expect(await ask("https://a.example", "y-thing")).toBe(403);
    expect(await ask("https://a.other", "x-thing")).toBe(403);
  });
});

describe("a client that waits for a word before it sends", () => {
  const send = async (url: string) => {
    const sending = request(url, { method: "PUT", headers: { expect: "100-continue", "content-length": 5 } });
    let told = false;
    sending.on("continue", () => {
      told = true;
      sending.end("hello");
    });
    sending.flushHeaders();
    const status = await new Promise((resolve) => {
      sending.on("response", (answer) => resolve(answer.resume().statusCode));
    });
    sending.destroy();
    return [told, status];
  };
  test("is told to go on, or is refused before it sends", async () => {
    const url = await s3.signPut("a");
    expect(await send(url)).toEqual([true, 200]);
    expect(await send(url.replace("Signature=", "Signature=0"))).toEqual([false, 403]);
  });
});

test("what is just being written is not swept", async () => {
  const size = 3 * 1024 ** 2;
  const url = await s3.signPut("a");
  const sending = request(url, { method: "PUT", headers: { "content-length": size } });
  const answered = new Promise((resolve) => sending.on("response", (answer) => resolve(answer.statusCode)));
  sending.write(filled(size - 1, "a"));
  while (files().length === 0) await new Promise(setImmediate);
  await bucket.sweep();
  sending.end("b");
  expect(await answered).toBe(200);
  expect(await s3.text("a")).toBe(`${"a".repeat(size - 1)}b`);
});

test("a refused body is taken, so that its client sees why, and nothing is left of it", async () => {
  const url = await s3.signPut("a");
  const answer = await fetch(`${url}0`, { method: "PUT", body: filled(3 * 1024 ** 2, "x") });
  expect(await refusalOf(answer)).toBe("403 SignatureDoesNotMatch");
  const wrong = { method: "PUT", headers: { "content-md5": "AAAAAAAAAAAAAAAAAAAAAA==" }, body: "hello" };
  expect(await refusalOf(await fetch(url, wrong))).toBe("400 BadDigest");
  await bucket.sweep();
  expect(files()).toEqual([]);
});

describe("a client to whom any ETag will do", () => {
  const headers = { "x-slipway-etag": "any" };

  test("gets one that is no MD5, and another for each writing", async () => {
    const etags = [];
    for (const body of ["hello", "hello"]) {
      const answer = await fetch(await s3.signPut("a"), { method: "PUT", headers, body });
      etags.push(answer.headers.get("etag"));
      expect(etags.at(-1)).toMatch(/^"[\da-f]{32}-1"$/);
    }
    expect(etags[0]).not.toBe(etags[1]);
    const read = await fetch(await s3.signGet("a"));
    expect([read.headers.get("etag"), await read.text()]).toEqual([etags[1], "hello"]);
  });

  test("has an MD5 that it says checked all the same", async () => {
    const wrong = { ...headers, "content-md5": "AAAAAAAAAAAAAAAAAAAAAA==" };
    const refused = await fetch(await s3.signPut("a"), { method: "PUT", headers: wrong, body: "hello" });
    expect(await refusalOf(refused)).toBe("400 BadDigest");
    const right = { ...headers, "content-md5": "XUFAKrxLKna5cZ2REBfFkg==" };
    const taken = await fetch(await s3.signPut("a"), { method: "PUT", headers: right, body: "hello" });
    expect(taken.headers.get("etag")).toBe('"5d41402abc4b2a76b9719d911017c592"');
  });

  test("joins parts by them", async () => {
    const upload = await s3.begin("joined");
    const answer = await fetch(await s3.signPart(upload, 1), { method: "PUT", headers, body: "hello" });
    const own = await s3.part(upload, 2, new TextEncoder().encode(" there"));
    const first = { PartNumber: 1, ETag: answer.headers.get("etag") ?? "" };
    await expect(s3.complete(upload, [{ ...first, ETag: `"${"0".repeat(32)}-1"` }])).rejects.toThrow();
    const { ETag } = await s3.complete(upload, [first]);
    expect(own.ETag).toMatch(/^"[\da-f]{32}"$/);
    expect(ETag).toMatch(/^"[\da-f]{32}-1"$/);
    expect(await s3.text("joined")).toBe("hello");
  });
});

test("a file is handed over by its name to a front that asks for it, where the bucket is told to", async () => {
  await s3.put("a", "hello");
  const headers = { "x-slipway-file": "accept" };
  expect(await (await fetch(await s3.signGet("a"), { headers })).text()).toBe("hello");
  const front = await startTestBucket({ handsOverFiles: true });
  try {
    const behind = connect(front);
    await behind.put("a", "hello", { ContentType: "text/plain" });
    await behind.put("empty", "");
    const url = await behind.signGet("a");
    const whole = await fetch(url, { headers });
    const name = front.objects().get("a")?.file;
    expect([whole.status, await whole.text()]).toEqual([200, ""]);
    expect(Object.fromEntries(whole.headers)).toMatchObject({
      "x-slipway-file": name,
      "x-slipway-length": "5",
      "content-type": "text/plain",
    });
    const range = await fetch(url, { headers: { ...headers, range: "bytes=1-2" } });
    expect([range.status, range.headers.get("x-slipway-length"), range.headers.get("content-range")]).toEqual(
      [206, "2", "bytes 1-2/5"],
    );
    const several = await fetch(url, { headers: { ...headers, range: "bytes=0-0,2-2" } });
    expect(several.headers.get("x-slipway-file")).toBeNull();
    const empty = await fetch(await behind.signGet("empty"), { headers });
    expect([empty.headers.get("x-slipway-file"), await empty.text()]).toEqual([null, ""]);
    const object = await behind.client.send(new GetObjectCommand({ Bucket, Key: "a" }));
    expect(await object.Body?.transformToString()).toBe("hello");
  } finally {
    await front.stop();
  }
});
