import { createHash } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { CopyObjectCommand, GetObjectCommand, HeadObjectCommand, ListPartsCommand } from "@aws-sdk/client-s3";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { startBucket } from "../../scripts/bucket/bucket.ts";
import { startTestBucket, type TestBucket } from "../support/bucket.ts";
import { connect, filled, type Connection, type Upload } from "./client.ts";

const PART = 64 * 1024;
const Bucket = "packages";

let bucket: TestBucket;
let s3: Connection;

beforeEach(async () => {
  bucket = await startTestBucket({ minPartBytes: 1024 });
  s3 = connect(bucket);
});
afterEach(() => bucket.stop());

const letters = (text: string) => Array.from(text, (letter) => filled(PART, letter));
const sha256 = (parts: Uint8Array[]) =>
  createHash("sha256").update(Buffer.concat(parts)).digest().toString("base64");

/** What the bucket says of an object to those who ask. */
async function told(connection: Connection, Key: string) {
  const head = new HeadObjectCommand({ Bucket, Key, ChecksumMode: "ENABLED" });
  const { ChecksumSHA256, ChecksumType } = await connection.client.send(head);
  return { sha256: ChecksumSHA256, type: ChecksumType };
}
const whole = (parts: Uint8Array[]) => ({ sha256: sha256(parts), type: "FULL_OBJECT" });
const nothing = { sha256: undefined, type: undefined };

async function sendAll(connection: Connection, upload: Upload, parts: Uint8Array[], order: number[]) {
  const sent = [];
  for (const number of order)
    sent.push(await connection.part(upload, number, parts[number - 1] ?? filled(0, 0)));
  const last = new Map(sent.map((part) => [part.PartNumber, part]));
  return [...last.values()].toSorted((a, b) => a.PartNumber - b.PartNumber);
}

/** A part as it is after several of its number came at once. */
async function currentPart(upload: Upload, number: number, sent: { PartNumber: number }[]) {
  const { Parts = [] } = await s3.client.send(new ListPartsCommand(upload));
  const ETag = Parts.find(({ PartNumber }) => PartNumber === number)?.ETag;
  expect(sent).toContainEqual({ PartNumber: number, ETag });
  return { PartNumber: number, ETag };
}

describe("the SHA-256 of an object of parts", () => {
  test.each([
    ["in order", [1, 2, 3, 4]],
    ["the other way round", [4, 3, 2, 1]],
    ["in no order", [3, 1, 4, 2]],
    ["some of them twice", [1, 2, 1, 3, 4, 4, 2]],
    ["one of them three times", [1, 2, 2, 2, 3, 4]],
  ])("sent %s", async (_, order) => {
    const parts = [...letters("abc"), filled(5, "d")];
    const upload = await s3.begin("a");
    await s3.complete(upload, await sendAll(s3, upload, parts, order));
    expect(await told(s3, "a")).toEqual(whole(parts));
  });

  test("sent all at once, each of them twice", async () => {
    const parts = letters("abcdefgh");
    const upload = await s3.begin("a");
    const numbers = [...parts.keys(), ...parts.keys()];
    const sent = await Promise.all(
      numbers.map((index) => s3.part(upload, index + 1, parts[index] ?? filled(0, 0))),
    );
    await s3.complete(upload, sent.slice(0, parts.length));
    expect(await told(s3, "a")).toEqual(whole(parts));
  });

  test.each([[[2]], [[2, 2]], [[1, 3]], [[3, 3, 3]]])(
    "of which %j came again with other bytes is that of the last ones",
    async (again) => {
      const upload = await s3.begin("a");
      const parts = letters("abc");
      const sent = await sendAll(s3, upload, parts, [1, 2, 3]);
      for (const [index, number] of again.entries()) {
        parts[number - 1] = filled(PART, `${index}`);
        sent[number - 1] = await s3.part(upload, number, filled(PART, `${index}`));
      }
      await s3.complete(upload, sent);
      expect(await told(s3, "a")).toEqual(whole(parts));
    },
  );

  test.each([
    ["left out in the middle", [1, 3], "ac"],
    ["left out at the end", [1, 2], "ab"],
    ["left out at the start", [2, 3], "bc"],
  ])("with numbers %s", async (_, chosen, expected) => {
    const upload = await s3.begin("a");
    const sent = await sendAll(s3, upload, letters("abc"), [1, 2, 3]);
    await s3.complete(
      upload,
      sent.filter(({ PartNumber }) => chosen.includes(PartNumber)),
    );
    expect(await told(s3, "a")).toEqual(whole(letters(expected)));
  });

  test("is never that of other bytes, however parts overtake and replace each other", async () => {
    for (let round = 0; round < 30; round++) {
      const upload = await s3.begin("a");
      const numbers = [1, 2, 3, 1, 2, 3, 1, 2, 3].toSorted(() => Math.random() - 0.5);
      const sent = await Promise.all(
        numbers.map((number, index) => s3.part(upload, number, filled(PART, `${(round + index) % 10}`))),
      );
      const last = await Promise.all([1, 2, 3].map((number) => currentPart(upload, number, sent)));
      await s3.complete(upload, last);
      const stored = bucket.objects().get("a")?.body ?? Buffer.alloc(0);
      expect(stored).toHaveLength(3 * PART);
      expect(await told(s3, "a")).toEqual(whole([stored]));
    }
  });

  test("is that of the bytes at the end where a part changes after a completion that was refused", async () => {
    await s3.put("a", "there already");
    const upload = await s3.begin("a");
    const sent = await sendAll(s3, upload, letters("abc"), [1, 2, 3]);
    await expect(s3.complete(upload, sent, { IfNoneMatch: "*" })).rejects.toMatchObject({
      name: "PreconditionFailed",
    });
    sent[1] = await s3.part(upload, 2, filled(PART, "x"));
    await s3.complete(upload, sent);
    expect(await told(s3, "a")).toEqual(whole(letters("axc")));
  });

  test("goes with a copy, and not with what takes the object's place", async () => {
    const upload = await s3.begin("a");
    await s3.complete(upload, await sendAll(s3, upload, letters("ab"), [1, 2]));
    await s3.client.send(new CopyObjectCommand({ Bucket, Key: "b", CopySource: "packages/a" }));
    await s3.put("a", "other bytes", { ContentType: "text/plain" });
    expect(await told(s3, "b")).toEqual(whole(letters("ab")));
    expect((await told(s3, "a")).sha256).not.toBe(sha256(letters("ab")));
  });

  test("is told with all bytes, which the SDK then checks, and never with a range of them", async () => {
    const upload = await s3.begin("a");
    await s3.complete(upload, await sendAll(s3, upload, letters("ab"), [1, 2]));
    const checking = connect(bucket, { responseChecksumValidation: "WHEN_SUPPORTED" });
    const all = await checking.client.send(new GetObjectCommand({ Bucket, Key: "a" }));
    expect(all.ChecksumSHA256).toBe(sha256(letters("ab")));
    expect(await all.Body?.transformToString()).toHaveLength(2 * PART);
    const some = await checking.client.send(new GetObjectCommand({ Bucket, Key: "a", Range: "bytes=0-9" }));
    expect(some.ChecksumSHA256).toBeUndefined();
    expect(await some.Body?.transformToString()).toBe("a".repeat(10));
    const plain = await s3.client.send(new HeadObjectCommand({ Bucket, Key: "a" }));
    expect(plain.ChecksumSHA256).toBeUndefined();
  });
});

describe("the SHA-256 of what came in one PUT", () => {
  test("is known where the request said it, and the bytes had it", async () => {
    const ChecksumSHA256 = sha256([Buffer.from("hello")]);
    await s3.put("a", "hello", { ChecksumSHA256 });
    expect(await told(s3, "a")).toEqual({ sha256: ChecksumSHA256, type: "FULL_OBJECT" });
    await expect(s3.put("a", "jello", { ChecksumSHA256 })).rejects.toMatchObject({ name: "BadDigest" });
    expect(await told(s3, "a")).toEqual({ sha256: ChecksumSHA256, type: "FULL_OBJECT" });
  });

  test("is not taken for those who say nothing of it", async () => {
    const answer = await fetch(await s3.signPut("a"), { method: "PUT", body: "hello" });
    expect(answer.status).toBe(200);
    expect(await told(s3, "a")).toEqual(nothing);
  });
});

describe("a bucket that was started again", () => {
  let folder: string;
  const access = { bucket: Bucket, region: "auto", accessKeyId: "KEY", secretAccessKey: "secret" };
  const start = async (maxLateHashBytes: number) => {
    const running = await startBucket({
      ...access,
      folder,
      listen: { port: 0 },
      durable: false,
      minPartBytes: 1024,
      maxLateHashBytes,
    });
    return { running, s3: connect({ ...access, endpoint: running.endpoint }) };
  };

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "slipway-checksums-"));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  test.each([
    ["is hashed at the end where that is little", 3 * PART, whole(letters("axc"))],
    ["is not known of where that is much", 2 * PART - 1, nothing],
  ])("in the middle of an upload: what came before %s", async (_, most, expected) => {
    const first = await start(most);
    const upload = await first.s3.begin("a");
    const sent = await sendAll(first.s3, upload, letters("abc"), [1, 2]);
    sent[1] = await first.s3.part(upload, 2, filled(PART, "x"));
    await first.running.stop();
    const second = await start(most);
    try {
      sent.push(await second.s3.part(upload, 3, filled(PART, "c")));
      // Part 2 is not where it belongs: nothing of it and what follows is hashed before the upload is completed.
      await second.s3.complete(upload, sent);
      expect(await told(second.s3, "a")).toEqual(expected);
      expect(await second.s3.text("a")).toBe("axc".replaceAll(/./g, (letter) => letter.repeat(PART)));
    } finally {
      await second.running.stop();
    }
  });

  test("with rows of a version that knew no hashes serves them as before, and hashes what comes", async () => {
    const first = await start(0);
    await first.s3.put("old", "old", { ChecksumSHA256: sha256([Buffer.from("old")]) });
    await first.running.stop();
    const rows = new DatabaseSync(join(folder, "bucket.sqlite"));
    rows.exec("ALTER TABLE objects DROP COLUMN sha256");
    rows.close();
    const second = await start(PART);
    try {
      expect(await second.s3.text("old")).toBe("old");
      expect(await told(second.s3, "old")).toEqual(nothing);
      const upload = await second.s3.begin("new");
      await second.s3.complete(upload, await sendAll(second.s3, upload, letters("a"), [1]));
      expect(await told(second.s3, "new")).toEqual(whole(letters("a")));
    } finally {
      await second.running.stop();
    }
  });
});
