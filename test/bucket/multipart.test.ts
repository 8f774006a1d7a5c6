import { createHash } from "node:crypto";
import { request } from "node:http";
import { once } from "node:events";
import {
  AbortMultipartUploadCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListPartsCommand,
  UploadPartCopyCommand,
} from "@aws-sdk/client-s3";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { startTestBucket, type TestBucket } from "../support/bucket.ts";
import { connect, dataFiles, filled, type Connection, type Upload } from "./client.ts";

const PART = 64 * 1024;
const DAY_MS = 24 * 3600_000;

let bucket: TestBucket;
let s3: Connection;
let ahead = 0;

beforeEach(async () => {
  ahead = 0;
  bucket = await startTestBucket({ minPartBytes: 1024, pageSize: 2, clock: () => Date.now() + ahead });
  s3 = connect(bucket);
});
afterEach(() => bucket.stop());

const letters = (text: string, size = PART) => Array.from(text, (letter) => filled(size, letter));
const joined = (parts: Uint8Array[]) => Buffer.concat(parts).toString("latin1");
const files = () => dataFiles(bucket);

async function sendAll(upload: Upload, parts: Uint8Array[], order = parts.map((_, index) => index + 1)) {
  const sent = [];
  for (const number of order) sent.push(await s3.part(upload, number, parts[number - 1] ?? filled(0, 0)));
  return sent.toSorted((a, b) => a.PartNumber - b.PartNumber);
}

describe("what an object is made of", () => {
  test.each([
    ["in order", [1, 2, 3, 4]],
    ["the other way round, the small last part first", [4, 3, 2, 1]],
    ["the last part in the middle", [2, 4, 1, 3]],
    ["some of them twice", [1, 2, 1, 3, 4, 4, 2]],
  ])("parts sent %s", async (_, order) => {
    const parts = [...letters("abc"), filled(5, "d")];
    const upload = await s3.begin("a");
    const sent = await sendAll(upload, parts, order);
    const unique = [...new Map(sent.map((part) => [part.PartNumber, part])).values()];
    const { ETag } = await s3.complete(upload, unique);
    const md5s = parts.map((part) => createHash("md5").update(part).digest());
    expect(ETag).toBe(`"${createHash("md5").update(Buffer.concat(md5s)).digest("hex")}-4"`);
    expect(await s3.text("a")).toBe(joined(parts));
    expect(files()).toHaveLength(1);
  });

  test("parts that all come at once, each of them twice with the same bytes", async () => {
    const parts = [...letters("abcdefgh"), filled(5, "i")];
    const upload = await s3.begin("a");
    const numbers = [...parts.keys(), ...parts.keys()];
    const sent = await Promise.all(
      numbers.map((index) => s3.part(upload, index + 1, parts[index] ?? filled(0, 0))),
    );
    await s3.complete(upload, sent.slice(0, parts.length));
    expect(await s3.text("a")).toBe(joined(parts));
    expect(files()).toHaveLength(1);
  });

  test("of a part that was sent again with other bytes, the last counts, and its neighbours are as they were", async () => {
    const upload = await s3.begin("a");
    await sendAll(upload, letters("abc"));
    const sent = await sendAll(upload, letters("abc"), [1, 3]);
    const again = await s3.part(upload, 2, filled(PART, "x"));
    await s3.complete(
      upload,
      [...sent, again].toSorted((a, b) => a.PartNumber - b.PartNumber),
    );
    expect(await s3.text("a")).toBe(joined(letters("axc")));
  });

  test.each([
    ["left out in the middle", [1, 3, 4], "acd"],
    ["left out at the end", [1, 2], "ab"],
    ["left out at the start", [2, 3], "bc"],
  ])("numbers %s", async (_, chosen, expected) => {
    const upload = await s3.begin("a");
    const sent = await sendAll(upload, letters("abcd"));
    await s3.complete(
      upload,
      sent.filter(({ PartNumber }) => chosen.includes(PartNumber)),
    );
    expect(await s3.text("a")).toBe(joined(letters(expected)));
    expect(files()).toHaveLength(1);
  });

  test("ranges of other objects", async () => {
    await s3.put("source", joined(letters("abc")), { ContentType: "text/plain" });
    const upload = await s3.begin("a");
    const copy = (PartNumber: number, CopySourceRange: string) =>
      s3.client.send(
        new UploadPartCopyCommand({ ...upload, PartNumber, CopySource: "packages/source", CopySourceRange }),
      );
    await expect(copy(1, `bytes=0-${3 * PART}`)).rejects.toMatchObject({ name: "InvalidArgument" });
    const second = await copy(2, `bytes=0-${PART - 1}`);
    const first = await copy(1, `bytes=${2 * PART}-${3 * PART - 1}`);
    await s3.complete(upload, [
      { PartNumber: 1, ETag: first.CopyPartResult?.ETag },
      { PartNumber: 2, ETag: second.CopyPartResult?.ETag },
    ]);
    expect(await s3.text("a")).toBe(joined(letters("ca")));
  });
});

/** Sends half of a part and breaks the connection off. */
async function breakOff(upload: Upload, number: number, size: number): Promise<void> {
  const url = await s3.signPart(upload, number);
  const sending = request(url, { method: "PUT", headers: { "content-length": size } });
  sending.on("error", () => undefined);
  await new Promise((resolve) => sending.write(filled(size / 2, "z"), resolve));
  while (bucket.requests.at(-1)?.operation !== "UploadPart") await new Promise(setImmediate);
  const closed = new Promise((resolve) => sending.once("close", resolve));
  sending.destroy();
  await closed;
}

describe("parts that break off", () => {
  test("leave the place to the next try, and harm no part", async () => {
    const upload = await s3.begin("a");
    const first = await s3.part(upload, 1, filled(PART, "a"));
    await breakOff(upload, 2, PART);
    await breakOff(upload, 1, PART);
    const second = await s3.part(upload, 2, filled(PART, "b"));
    await s3.complete(upload, [first, second]);
    expect(await s3.text("a")).toBe(joined(letters("ab")));
    await bucket.sweep();
    expect(files()).toHaveLength(1);
  });

  test("a part still on its way cannot write into the object that was completed without it", async () => {
    const upload = await s3.begin("a");
    const sent = await sendAll(upload, letters("ab"));
    await s3.part(upload, 1, filled(PART, "x"));
    const url = await s3.signPart(upload, 3);
    const sending = request(url, { method: "PUT", headers: { "content-length": PART } });
    const answered = once(sending, "response");
    sending.write(filled(PART / 2, "z"));
    const [, second] = sent;
    const first = await s3.part(upload, 1, filled(PART, "c"));
    await s3.complete(upload, [first, second ?? first]);
    sending.end(filled(PART / 2, "z"));
    const [{ statusCode }] = (await answered) as [{ statusCode: number }];
    expect(statusCode).toBe(404);
    expect(await s3.text("a")).toBe(joined(letters("cb")));
  });
});

describe("completing", () => {
  test("at the same moment makes one object", async () => {
    const upload = await s3.begin("a");
    const sent = await sendAll(upload, letters("ab"));
    const outcomes = await Promise.allSettled(Array.from({ length: 5 }, () => s3.complete(upload, sent)));
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await s3.text("a")).toBe(joined(letters("ab")));
  });

  test("over what is there is refused where it must be new, and the upload stays", async () => {
    await s3.put("a", "here");
    const upload = await s3.begin("a");
    const sent = await sendAll(upload, letters("ab"));
    const refused = s3.complete(upload, sent, { IfNoneMatch: "*" });
    await expect(refused).rejects.toMatchObject({ name: "PreconditionFailed" });
    await s3.complete(upload, sent);
    expect(await s3.text("a")).toBe(joined(letters("ab")));
  });

  test.each([
    ["too small", [1000, 2000], "EntityTooSmall"],
    ["unequal", [2000, 3000, 10], "InvalidPart"],
    ["with a last that is larger", [2000, 2000, 3000], "InvalidPart"],
  ])("of parts %s is refused", async (_, sizes, name) => {
    const upload = await s3.begin("a");
    const sent = await sendAll(
      upload,
      sizes.map((size) => filled(size, "a")),
    );
    await expect(s3.complete(upload, sent)).rejects.toMatchObject({ name });
    await expect(s3.complete(upload, sent.toReversed())).rejects.toMatchObject({ name: "InvalidPartOrder" });
  });
});

test("parts and uploads are listed by pages", async () => {
  const uploads = [await s3.begin("a"), await s3.begin("b"), await s3.begin("c")];
  const [upload = await s3.begin("x")] = uploads;
  await sendAll(upload, letters("abc"));
  const parts = await s3.client.send(new ListPartsCommand({ ...upload, MaxParts: 2 }));
  expect([parts.Parts?.length, parts.IsTruncated]).toEqual([2, true]);
  const rest = await s3.client.send(
    new ListPartsCommand({ ...upload, PartNumberMarker: parts.NextPartNumberMarker }),
  );
  expect(rest.Parts).toMatchObject([{ PartNumber: 3, Size: PART }]);
  const page = await s3.client.send(new ListMultipartUploadsCommand({ Bucket: bucket.bucket }));
  expect(page.Uploads?.map(({ Key }) => Key)).toEqual(["a", "b"]);
  const next = await s3.client.send(
    new ListMultipartUploadsCommand({
      Bucket: bucket.bucket,
      KeyMarker: page.NextKeyMarker,
      UploadIdMarker: page.NextUploadIdMarker,
    }),
  );
  expect(next.Uploads?.map(({ Key }) => Key)).toEqual(["c"]);
});

test("an aborted upload leaves no file; one that nobody went on with for a week is aborted", async () => {
  const [aborted, forgotten, fresh] = [await s3.begin("a"), await s3.begin("b"), await s3.begin("c")];
  await sendAll(aborted, letters("ab"));
  await sendAll(forgotten, letters("ab"));
  await s3.client.send(new AbortMultipartUploadCommand(aborted));
  ahead = 6 * DAY_MS;
  const client = connect(bucket, { systemClockOffset: ahead });
  await client.part(fresh, 1, filled(PART, "a"));
  ahead = 8 * DAY_MS;
  await bucket.sweep();
  expect([...bucket.uploads().values()].map(({ key }) => key)).toEqual(["c"]);
  expect(files()).toHaveLength(1);
  const later = connect(bucket, { systemClockOffset: ahead });
  const head = later.client.send(new HeadObjectCommand({ Bucket: bucket.bucket, Key: "b" }));
  await expect(head).rejects.toMatchObject({ name: "NotFound" });
});
