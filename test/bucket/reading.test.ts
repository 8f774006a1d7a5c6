import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { startTestBucket, type TestBucket } from "../support/bucket.ts";
import { connect, dataFiles, type Connection } from "./client.ts";

let bucket: TestBucket;
let s3: Connection;

beforeEach(async () => {
  bucket = await startTestBucket();
  s3 = connect(bucket);
});
afterEach(() => bucket.stop());

describe("conditions", () => {
  const DATE = { past: "Sat, 01 Jan 2000 00:00:00 GMT", future: "Fri, 01 Jan 2100 00:00:00 GMT" };
  test.each([
    [{ "if-none-match": '"5d41402abc4b2a76b9719d911017c592"' }, 304],
    [{ "if-none-match": '"x", W/"5d41402abc4b2a76b9719d911017c592"' }, 304],
    [{ "if-none-match": '"x"', "if-modified-since": DATE.future }, 200],
    [{ "if-modified-since": DATE.future }, 304],
    [{ "if-modified-since": DATE.past }, 200],
    [{ "if-match": '"x"' }, 412],
    [{ "if-match": "*", "if-unmodified-since": DATE.past }, 200],
    [{ "if-unmodified-since": DATE.past }, 412],
    [{ range: "bytes=1-2", "if-range": '"5d41402abc4b2a76b9719d911017c592"' }, 206],
    [{ range: "bytes=1-2", "if-range": '"x"' }, 200],
    [{ range: "bytes=1-2", "if-range": DATE.past }, 200],
    [{ range: "bytes=9-", "if-range": '"x"' }, 200],
  ])("a GET with %j is %i", async (headers, status) => {
    await s3.put("a", "hello");
    expect((await fetch(await s3.signGet("a"), { headers })).status).toBe(status);
  });

  test("If-Range takes the date that it was given", async () => {
    await s3.put("a", "hello");
    const url = await s3.signGet("a");
    const date = (await fetch(url)).headers.get("last-modified") ?? "";
    expect((await fetch(url, { headers: { range: "bytes=0-0", "if-range": date } })).status).toBe(206);
  });

  test("of many writers of a new object, one succeeds", async () => {
    const writes = Array.from({ length: 8 }, (_, index) => s3.put("a", `${index}`, { IfNoneMatch: "*" }));
    const done = await Promise.allSettled(writes);
    expect(done.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    const ETag = (await s3.put("a", "next")).ETag;
    await expect(s3.put("a", "x", { IfMatch: '"y"' })).rejects.toMatchObject({ name: "PreconditionFailed" });
    await s3.put("a", "last", { IfMatch: ETag });
    expect(await s3.text("a")).toBe("last");
    await bucket.sweep();
    expect(dataFiles(bucket)).toHaveLength(1);
  });
});

describe("ranges", () => {
  const get = async (range: string) => {
    await s3.put("a", "0123456789", { ContentType: "text/plain" });
    const answer = await fetch(await s3.signGet("a"), { headers: { range } });
    return { answer, text: await answer.text() };
  };
  test.each([
    ["bytes=0-0", 206, "0", "bytes 0-0/10"],
    ["bytes=7-", 206, "789", "bytes 7-9/10"],
    ["bytes=-3", 206, "789", "bytes 7-9/10"],
    ["bytes=-30", 206, "0123456789", "bytes 0-9/10"],
    ["bytes=8-100", 206, "89", "bytes 8-9/10"],
    ["bytes=0-3,2-5", 206, "012345", "bytes 0-5/10"],
    ["bytes=20-,4-5", 206, "45", "bytes 4-5/10"],
    ["bytes=5-3", 200, "0123456789", null],
    ["pages=1-2", 200, "0123456789", null],
    ["bytes=a-b", 200, "0123456789", null],
    [`bytes=${Array(1001).fill("0-0").join(",")}`, 200, "0123456789", null],
  ])("%.40s", async (range, status, text, contentRange) => {
    const found = await get(range);
    expect([found.answer.status, found.text, found.answer.headers.get("content-range")]).toEqual([
      status,
      text,
      contentRange,
    ]);
    expect(found.answer.headers.get("accept-ranges")).toBe("bytes");
  });

  test("beyond the end there is nothing", async () => {
    const { answer } = await get("bytes=10-,-0");
    expect([answer.status, answer.headers.get("content-range")]).toEqual([416, "bytes */10"]);
  });

  test("several are sent as parts, in the order asked", async () => {
    const { answer, text } = await get("bytes=6-7,0-1,-1");
    const boundary = /^multipart\/byteranges; boundary=(\w+)$/.exec(
      answer.headers.get("content-type") ?? "",
    )?.[1];
    const part = (range: string, bytes: string) =>
      `--${boundary}\r\nContent-Type: text/plain\r\nContent-Range: bytes ${range}/10\r\n\r\n${bytes}\r\n`;
    expect(text).toBe(`${part("6-7", "67")}${part("0-1", "01")}${part("9-9", "9")}--${boundary}--\r\n`);
    expect(answer.headers.get("content-length")).toBe(String(text.length));
  });
});
