import { createHash } from "node:crypto";
import { inspect } from "node:util";
import {
  CompleteMultipartUploadCommand,
  ListPartsCommand,
  S3Client,
  UploadPartCommand,
} from "@aws-sdk/client-s3";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { attachment } from "../../functions/storage/attachment.ts";
import { createS3Storage, type S3Options } from "../../functions/storage/s3.ts";
import type { Storage } from "../../functions/storage/storage.ts";
import { startTestBucket, type TestBucket } from "../support/bucket.ts";

const PART_BYTES = 100;
const HOUR_MS = 3_600_000;
const type = { contentType: "application/zip" };
const body = (text: string) => new TextEncoder().encode(text);
const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

let fake: TestBucket;
let storage: Storage;

function connect(options: Partial<S3Options> = {}): Storage {
  const copyLimits = { singleBytes: PART_BYTES, partBytes: PART_BYTES };
  return createS3Storage({ ...fake, forcePathStyle: true, copyLimits, ...options });
}

beforeEach(async () => {
  const cors = [
    {
      allowedOrigins: ["https://console.example"],
      allowedMethods: ["PUT"],
      allowedHeaders: ["content-type"],
    },
  ];
  fake = await startTestBucket({ minPartBytes: PART_BYTES, maxCopyBytes: PART_BYTES, pageSize: 2, cors });
  storage = connect();
});
afterEach(async () => {
  vi.useRealTimers();
  await fake.stop();
});

const count = (operation: string) => fake.requests.filter((one) => one.operation === operation).length;

async function twoParts(key: string) {
  const uploadId = await storage.createMultipart(key, type);
  const first = await storage.uploadPart(key, uploadId, 1, new Uint8Array(PART_BYTES));
  return { uploadId, parts: [first, await storage.uploadPart(key, uploadId, 2, body("end"))] };
}

describe("signed URLs", () => {
  test("a PUT signs length, type and checksum as headers, and has no checksum of its own", async () => {
    const asked = { expiresIn: 60, size: 5, ...type, sha256: sha256("hello") };
    const { url, headers } = await storage.signPut("staging/a", asked);
    const query = new URL(url).searchParams;
    expect(query.get("X-Amz-SignedHeaders")).toBe("content-length;content-type;host;x-amz-checksum-sha256");
    expect([...query.keys()].filter((name) => /checksum|crc/i.test(name))).toEqual([]);
    expect(Object.keys(headers)).toEqual(["content-type", "x-amz-checksum-sha256"]);
  });

  test.each([
    ["without the checksum", { "x-amz-checksum-sha256": undefined }, 403],
    ["with the checksum of other bytes", { "x-amz-checksum-sha256": "A".repeat(43) + "=" }, 403],
    ["with a header that was not signed", { "x-amz-meta-note": "free" }, 403],
    ["as it was signed", {}, 200],
  ])("a PUT sent %s", async (_, change, status) => {
    const asked = { expiresIn: 60, size: 5, ...type, sha256: sha256("hello") };
    const { url, headers } = await storage.signPut("staging/a", asked);
    const changed = Object.entries({ ...headers, ...change }).filter((pair) => pair[1] !== undefined);
    const answer = await fetch(url, { method: "PUT", headers: changed as [string, string][], body: "hello" });
    expect(answer.status).toBe(status);
    expect(fake.objects().size).toBe(status === 200 ? 1 : 0);
  });

  test("a PUT asks for its MD5 as an ETag unless the store knows another and is told", async () => {
    const put = async (store: Storage) => {
      const { url, headers } = await store.signPut("a", { expiresIn: 60, size: 5, ...type });
      const answer = await fetch(url, { method: "PUT", headers, body: "hello" });
      return [answer.status, answer.headers.get("etag")];
    };
    expect(await put(storage)).toEqual([200, '"5d41402abc4b2a76b9719d911017c592"']);
    const told = connect({ embedded: true });
    expect(await put(told)).toEqual([200, expect.stringMatching(/^"[0-9a-f]{32}-1"$/)]);
    const multipart = await told.createMultipart("b", type);
    const { url, headers } = await told.signPart("b", multipart, 1, { expiresIn: 60, size: 5 });
    const part = await fetch(url, { method: "PUT", headers, body: "hello" });
    expect(part.headers.get("etag")).toMatch(/^"[0-9a-f]{32}-1"$/);
    const etag = part.headers.get("etag") ?? "";
    await told.completeMultipart("b", multipart, [{ partNumber: 1, etag }]);
    expect(await told.head("b")).toMatchObject({ size: 5 });
  });

  test("a PUT of wrong bytes is refused by the signed checksum", async () => {
    const asked = { expiresIn: 60, size: 5, ...type, sha256: sha256("hello") };
    const { url, headers } = await storage.signPut("staging/a", asked);
    const answer = await fetch(url, { method: "PUT", headers, body: "other" });
    expect([answer.status, await answer.text()]).toEqual([400, expect.stringContaining("BadDigest")]);
  });

  test.each([
    ["from an hour ahead", HOUR_MS, 403],
    ["from an hour ago", -HOUR_MS, 403],
    ["from ten seconds ago", -10_000, 200],
  ])("a GET %s that lives a minute", async (_, offset, status) => {
    await storage.put("a", body("hello"), type);
    const signer = connect({ clock: () => Date.now() + offset });
    const url = await signer.signGet("a", { expiresIn: 60, fileName: "a.zip", ...type });
    expect((await fetch(url)).status).toBe(status);
  });

  test.each([0, 1.5, 604_801])("a life of %s seconds is refused", async (expiresIn) => {
    const signing = storage.signGet("a", { expiresIn, fileName: "a.zip", ...type });
    await expect(signing).rejects.toMatchObject({ code: "invalid" });
  });

  test("URLs name the public endpoint, by host where the bucket is a host", async () => {
    const options = { publicEndpoint: "https://s3.example.com", forcePathStyle: false };
    const url = await connect(options).signGet("a b/ü.zip", { expiresIn: 60, fileName: "a.zip", ...type });
    expect(url).toMatch(/^https:\/\/packages\.s3\.example\.com\/a%20b\/%C3%BC\.zip\?/);
  });
});

test("the server's own writes carry no checksum that some stores do not know", async () => {
  await storage.put("a", body("hello"), type);
  await twoParts("b");
  const names = fake.requests.flatMap(({ headers }) => Object.keys(headers));
  expect(names.filter((name) => /checksum|crc/.test(name))).toEqual([]);
});

describe("faults", () => {
  test.each(["500", "503-slow-down", "truncate", "lost-answer"] as const)(
    "a listing survives two of %s",
    async (kind) => {
      await storage.put("a", body("hello"), type);
      fake.fail({ operation: "ListObjectsV2", kind, times: 2 });
      expect((await storage.list("")).objects).toMatchObject([{ key: "a", size: 5 }]);
      expect(count("ListObjectsV2")).toBe(3);
    },
  );

  test("a bucket that goes on failing is unavailable after four tries", async () => {
    fake.fail({ operation: "HeadObject", kind: "500", times: 10 });
    await expect(storage.head("a")).rejects.toMatchObject({ name: "StorageError", code: "unavailable" });
    expect(count("HeadObject")).toBe(4);
  });

  test("what the bucket refuses is not asked again", async () => {
    await expect(connect({ bucket: "other" }).list("")).rejects.toMatchObject({ code: "misconfigured" });
    await storage.put("a", body("hello"), type);
    await expect(storage.get("a", { ifMatch: '"x"' })).rejects.toMatchObject({ code: "precondition-failed" });
    expect([count("ListObjectsV2"), count("GetObject")]).toEqual([1, 1]);
  });

  test("writes whose answer is lost are done once all the same", async () => {
    for (const operation of ["PutObject", "CopyObject", "DeleteObject"] as const) {
      fake.fail({ operation, kind: "lost-answer" });
    }
    const { etag } = await storage.put("a", body("hello"), type);
    await storage.copy("a", "b", { ...type, size: 5, ifMatch: etag });
    await storage.delete("a");
    expect([...fake.objects().keys()]).toEqual(["b"]);
  });

  test.each(["lost-answer", "200-with-error", "500", "truncate"] as const)(
    "completing converges after %s",
    async (kind) => {
      const { uploadId, parts } = await twoParts("a");
      fake.fail({ operation: "CompleteMultipartUpload", kind });
      const { etag } = await storage.completeMultipart("a", uploadId, parts);
      expect(etag).toBe(fake.objects().get("a")?.etag);
      expect(fake.objects().get("a")?.body.length).toBe(PART_BYTES + 3);
      expect(fake.uploads().size).toBe(0);
    },
  );

  test("an object of another upload does not pass for the one that failed", async () => {
    await storage.put("a", body("hello"), type);
    const single = await storage.createMultipart("a", type);
    const part = await storage.uploadPart("a", single, 1, body("one"));
    await storage.completeMultipart("a", single, [part]);
    const { uploadId, parts } = await twoParts("a");
    await storage.abortMultipart("a", uploadId);
    const completing = storage.completeMultipart("a", uploadId, parts);
    await expect(completing).rejects.toMatchObject({ code: "not-found" });
  });

  test("an abort whose answer is lost is an abort", async () => {
    const { uploadId } = await twoParts("a");
    fake.fail({ operation: "AbortMultipartUpload", kind: "lost-answer" });
    await storage.abortMultipart("a", uploadId);
    expect(fake.uploads().size).toBe(0);
  });

  test("a body cut short fails the read, whatever its length was said to be", async () => {
    await storage.put("a", new Uint8Array(100_000), type);
    fake.fail({ operation: "GetObject", kind: "truncate" });
    const found = await storage.get("a");
    await expect(new Response(found?.body).arrayBuffer()).rejects.toThrow();
  });

  test("a copy by parts that fails leaves no upload behind", async () => {
    const { etag } = await storage.put("a", new Uint8Array(PART_BYTES * 6), type);
    fake.fail({ operation: "UploadPartCopy", kind: "500", times: 100 });
    const copying = storage.copy("a", "b", { ...type, size: PART_BYTES * 6, ifMatch: etag });
    await expect(copying).rejects.toMatchObject({ code: "unavailable" });
    expect([fake.uploads().size, fake.objects().size]).toEqual([0, 1]);
  });

  test("a bucket that never answers is given up", async () => {
    vi.useFakeTimers();
    const silent = connect({
      fetch: (_, { signal }) =>
        new Promise((_resolve, reject) => {
          signal?.addEventListener("abort", () => reject(new Error("aborted")));
        }),
    });
    const looking = expect(silent.head("a")).rejects.toMatchObject({ code: "unavailable" });
    await vi.advanceTimersByTimeAsync(HOUR_MS);
    await looking;
  });

  test("a server clock that is an hour off is corrected for", async () => {
    const late = await startTestBucket({ clock: () => Date.now() + HOUR_MS });
    try {
      await createS3Storage({ ...late, forcePathStyle: true }).put("a", body("hello"), type);
      expect(late.objects().size).toBe(1);
      expect(await createS3Storage({ ...late, forcePathStyle: true }).head("a")).toMatchObject({ size: 5 });
    } finally {
      await late.stop();
    }
  });
});

describe("a bucket that cannot be used", () => {
  const missing = () => connect({ bucket: "other" });
  const refused = () => connect({ secretAccessKey: "another-secret" });
  const absent = () => connect({ endpoint: "http://127.0.0.1:9" });

  test.each([
    ["there", () => storage, "ok"],
    ["that does not exist", missing, "missing"],
    ["that refuses our key", refused, "refused"],
    ["behind an address where nothing listens", absent, "unreachable"],
  ])("one %s is found to be %s", async (_, open, state) => {
    expect(await open().check()).toMatchObject({ state });
  });

  test("the check asks once and takes no retries", async () => {
    fake.fail({ operation: "HeadBucket", kind: "500", times: 5 });
    expect(await storage.check()).toMatchObject({ state: "unreachable" });
    expect(fake.requests).toHaveLength(1);
  });

  test("the check tells how far the bucket's clock is ahead", async () => {
    const late = await startTestBucket({ clock: () => Date.now() + HOUR_MS });
    try {
      const { state, aheadMs = 0 } = await createS3Storage({ ...late, forcePathStyle: true }).check();
      expect([state, Math.round(aheadMs / 10_000)]).toEqual(["ok", HOUR_MS / 10_000]);
    } finally {
      await late.stop();
    }
  });

  test("no call of one that is missing passes for an object that is missing, or for something to try again", async () => {
    const away = missing();
    const calls = [
      () => away.head("a"),
      () => away.get("a"),
      () => away.delete("a"),
      () => away.put("a", body("hello"), type),
      () => away.copy("a", "b", { ...type, size: 5, ifMatch: '"x"' }),
      () => away.createMultipart("a", type),
      () => away.completeMultipart("a", "upload", []),
      () => away.abortMultipart("a", "upload"),
    ];
    for (const call of calls) {
      const advice = expect.stringContaining("Create the bucket that S3_BUCKET names");
      await expect(call()).rejects.toMatchObject({ code: "misconfigured", message: advice });
    }
    await expect(refused().list("")).rejects.toMatchObject({
      code: "misconfigured",
      message: expect.stringContaining("Correct S3_ACCESS_KEY_ID"),
    });
  });

  test("objects that are missing cost one look at the bucket, not one each", async () => {
    for (const key of ["a", "b", "c"]) expect(await storage.head(key)).toBeNull();
    expect([count("HeadBucket"), count("HeadObject")]).toEqual([1, 3]);
  });
});

describe("what failures say", () => {
  test("neither message, cause nor stack holds an address, a key or a signature", async () => {
    const wrong = connect({ secretAccessKey: "another-secret" });
    const errors = [
      await wrong.list("").catch((error: unknown) => error),
      await wrong.put("staging/private", body("x"), type).catch((error: unknown) => error),
      await connect({ accessKeyId: "UNKNOWNKEY" })
        .list("")
        .catch((error: unknown) => error),
      await connect({ endpoint: "http://127.0.0.1:1" })
        .head("staging/private")
        .catch((error: unknown) => error),
    ];
    for (const error of errors) {
      expect(error).toMatchObject({
        name: "StorageError",
        code: expect.stringMatching(/^(unavailable|misconfigured)$/),
      });
      const said = inspect(error, { depth: 10, showHidden: true }) + JSON.stringify(error);
      expect(said).not.toMatch(
        /127\.0\.0\.1|staging\/private|another-secret|FAKEACCESSKEY|UNKNOWNKEY|Signature=/,
      );
    }
    expect(errors[0]).toMatchObject({ cause: { code: "SignatureDoesNotMatch", status: 403, tries: 1 } });
  });
});

test("a listing goes on behind the key it is given", async () => {
  for (const key of ["a", "b", "c", "d", "e"]) await storage.put(key, body(key), type);
  const seen: string[] = [];
  let after: string | undefined;
  do {
    const page = await storage.list("", after);
    seen.push(...page.objects.map(({ key }) => key));
    after = page.next;
  } while (after !== undefined);
  expect(seen).toEqual(["a", "b", "c", "d", "e"]);
  expect(count("ListObjectsV2")).toBe(3);
});

test("an object that its publisher stored with a content encoding is not read as something else", async () => {
  const { url, headers } = await storage.signPut("a", { expiresIn: 60, size: 5, ...type });
  await fetch(url, { method: "PUT", headers: { ...headers, "content-encoding": "gzip" }, body: "hello" });
  await expect(storage.get("a")).rejects.toMatchObject({ code: "invalid" });
});

describe("attachment", () => {
  test.each([
    ["app.zip", 'attachment; filename="app.zip"'],
    ["更新.zip", `attachment; filename="__.zip"; filename*=UTF-8''%E6%9B%B4%E6%96%B0.zip`],
    [
      'a"; filename=evil.exe',
      `attachment; filename="a_; filename=evil.exe"; filename*=UTF-8''a%22%3B%20filename%3Devil.exe`,
    ],
    [
      "a\\b%41'(1)*.zip",
      `attachment; filename="a_b_41'(1)*.zip"; filename*=UTF-8''a%5Cb%2541%27%281%29%2A.zip`,
    ],
    ["a\r\nSet-Cookie: x\0.zip", 'attachment; filename="aSet-Cookie: x.zip"'],
    ["exe\u202Egnp.zip", 'attachment; filename="exegnp.zip"'],
    ["../../etc/passwd", 'attachment; filename=".._.._etc_passwd"'],
    ["\uD800.zip", `attachment; filename="_.zip"; filename*=UTF-8''%EF%BF%BD.zip`],
    ["\n", 'attachment; filename="download"'],
  ])("%j", (fileName, disposition) => expect(attachment(fileName)).toBe(disposition));
});

describe("the bucket itself", () => {
  test("refuses on a part and at completion what R2 and S3 refuse", async () => {
    const { bucket: Bucket, endpoint, region, accessKeyId, secretAccessKey } = fake;
    const credentials = { accessKeyId, secretAccessKey };
    const client = new S3Client({ endpoint, region, forcePathStyle: true, credentials, maxAttempts: 1 });
    const { uploadId: UploadId, parts } = await twoParts("a");
    const upload = { Bucket, Key: "a", UploadId };
    const part = new UploadPartCommand({ ...upload, PartNumber: 1, Body: "x", ChecksumAlgorithm: "SHA256" });
    await expect(client.send(part)).rejects.toMatchObject({ name: "NotImplemented" });
    const listed = await client.send(new ListPartsCommand(upload));
    expect(listed.Parts).toMatchObject(
      parts.map(({ partNumber, etag }) => ({ PartNumber: partNumber, ETag: etag })),
    );
    await storage.put("a", body("already here"), type);
    const Parts = parts.map(({ partNumber, etag }) => ({ PartNumber: partNumber, ETag: etag }));
    const complete = new CompleteMultipartUploadCommand({
      ...upload,
      MultipartUpload: { Parts },
      IfNoneMatch: "*",
    });
    await expect(client.send(complete)).rejects.toMatchObject({ name: "PreconditionFailed" });
  });

  test("answers a browser's preflight by its rules", async () => {
    const ask = (origin: string) => {
      const headers = {
        origin,
        "access-control-request-method": "PUT",
        "access-control-request-headers": "content-type",
      };
      return fetch(`${fake.endpoint}/${fake.bucket}/a`, { method: "OPTIONS", headers });
    };
    const allowed = await ask("https://console.example");
    expect([allowed.status, allowed.headers.get("access-control-allow-origin")]).toEqual([
      200,
      "https://console.example",
    ]);
    expect((await ask("https://elsewhere.example")).status).toBe(403);
  });
});
