import { createHash, randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Storage } from "../../functions/storage/storage.ts";

/** Where stores differ. Each is asserted both ways: a store that gains one makes its test fail until this is updated. */
type StoreCapabilities = {
  /** Refuses a body that is not what x-amz-checksum-sha256 says. */
  checksSha256: boolean;
  /** Serves the type and disposition that a signed GET names in place of the object's own. */
  overridesPresentation: boolean;
  /** How completing unequal parts fails. */
  unequalParts: "invalid" | "not-found";
};

type StoreUnderTest = {
  /** Copies by parts of PART_BYTES above SINGLE_COPY_BYTES, signs with `Date.now` unless given another clock. */
  storageAt(clock?: () => number): Storage;
  capabilities: StoreCapabilities;
  stop(): Promise<void>;
};

/** The smallest part that S3 takes. */
export const PART_BYTES = 5 * 1024 ** 2;
export const SINGLE_COPY_BYTES = PART_BYTES + 1;

const type = { contentType: "application/zip" };
const bytes = (text: string) => new TextEncoder().encode(text);
const sha256 = (data: string | Uint8Array) => createHash("sha256").update(data).digest("hex");
const md5 = (text: string) => createHash("md5").update(text).digest("base64");
const filled = (size: number, value: number) => new Uint8Array(size).fill(value);

async function read(storage: Storage, key: string, options?: Parameters<Storage["get"]>[1]) {
  const found = await storage.get(key, options);
  return found && new Uint8Array(await new Response(found.body).arrayBuffer());
}

/** What every driver and every store that we name as supported must do. */
export function storageContract(name: string, makeStore: () => Promise<StoreUnderTest>): void {
  describe(`storage in ${name}`, () => {
    let store: StoreUnderTest;
    let storage: Storage;
    const newKey = () => `staging/${randomUUID()}`;

    beforeAll(async () => {
      store = await makeStore();
      storage = store.storageAt();
    });
    afterAll(() => store.stop());

    test("the bucket is there, and an object that is not is just that", async () => {
      expect(await storage.check()).toMatchObject({ state: "ok" });
      expect(await storage.head(newKey())).toBeNull();
    });

    test("what is put is found, read whole and in ranges, and deleted twice without complaint", async () => {
      const key = `objects/${randomUUID()}/it's (a) name+é 更新.zip`;
      const { etag } = await storage.put(key, bytes("hello"), type);
      expect(await storage.head(key)).toMatchObject({ size: 5, etag, contentType: "application/zip" });
      expect(await read(storage, key)).toEqual(bytes("hello"));
      expect(await read(storage, key, { range: { start: 1, end: 3 }, ifMatch: etag })).toEqual(bytes("ell"));
      expect(await storage.get(key, { range: { start: 1, end: 3 } })).toMatchObject({ size: 5, etag });
      await storage.delete(key);
      await storage.delete(key);
      expect(await storage.head(key)).toBeNull();
      expect(await storage.get(key)).toBeNull();
    });

    test("an empty object is an object", async () => {
      const key = newKey();
      await storage.put(key, new Uint8Array(), type);
      expect(await storage.head(key)).toMatchObject({ size: 0 });
      expect(await read(storage, key)).toEqual(new Uint8Array());

      const [sent, copied] = [newKey(), newKey()];
      const put = { expiresIn: 60, size: 0, ...type, sha256: sha256(""), md5: md5("") };
      const { url, headers } = await storage.signPut(sent, put);
      const body = new Uint8Array();
      expect((await fetch(url, { method: "PUT", headers, body })).status).toBe(200);
      const { etag = "" } = (await storage.head(sent)) ?? {};
      await expect(
        storage.copy(sent, copied, { size: 0, ifMatch: '"another"', ...type }),
      ).rejects.toMatchObject({ code: "precondition-failed" });
      await storage.copy(sent, copied, { size: 0, ifMatch: etag, ...type });
      const got = await fetch(await storage.signGet(copied, { expiresIn: 60, fileName: "a", ...type }));
      expect([got.status, got.headers.get("content-length"), await got.text()]).toEqual([200, "0", ""]);
    });

    test("a read that expects another ETag fails instead of answering other bytes", async () => {
      const key = newKey();
      const { etag } = await storage.put(key, bytes("one"), type);
      await storage.put(key, bytes("two"), type);
      await expect(storage.get(key, { ifMatch: etag })).rejects.toMatchObject({
        code: "precondition-failed",
      });
    });

    test("a range beyond the end is invalid", async () => {
      const key = newKey();
      await storage.put(key, bytes("hello"), type);
      const reading = storage.get(key, { range: { start: 9, end: 12 } });
      await expect(reading).rejects.toMatchObject({ code: "invalid" });
    });

    test("a listing shows the keys of its prefix alone, in order", async () => {
      const prefix = `${randomUUID()}/`;
      for (const name of ["b", "a", "c/ü"]) await storage.put(prefix + name, bytes(name), type);
      await storage.put(newKey(), bytes("elsewhere"), type);
      const { objects, next } = await storage.list(prefix);
      expect(objects.map(({ key }) => key)).toEqual([`${prefix}a`, `${prefix}b`, `${prefix}c/ü`]);
      expect(objects.map(({ size }) => size)).toEqual([1, 1, 4]);
      expect(next).toBeUndefined();
    });

    test("a copy takes the bytes and the new presentation, and only from the source that was meant", async () => {
      const [from, to] = [newKey(), `objects/${randomUUID()}/名前.zip`];
      const { etag } = await storage.put(from, bytes("copied"), { contentType: "text/plain" });
      const presentation = {
        ...type,
        contentDisposition: 'attachment; filename="a.zip"',
        cacheControl: "no-cache",
      };
      await storage.copy(from, to, { ...presentation, size: 6, ifMatch: etag });
      const answer = await fetch(
        await storage.signGet(to, { expiresIn: 60, fileName: "a.zip", contentType: "application/zip" }),
      );
      expect(Object.fromEntries(answer.headers)).toMatchObject({
        "content-type": "application/zip",
        "content-disposition": 'attachment; filename="a.zip"',
        "cache-control": "no-cache",
      });
      expect(await answer.text()).toBe("copied");
      const stale = storage.copy(from, newKey(), {
        ...type,
        size: 6,
        ifMatch: '"0123456789abcdef0123456789abcdef"',
      });
      await expect(stale).rejects.toMatchObject({ code: "precondition-failed" });
      const absent = storage.copy(newKey(), newKey(), { ...type, size: 6, ifMatch: etag });
      await expect(absent).rejects.toMatchObject({ code: "not-found" });
    });

    test("parts sent through signed URLs become one object, and a large object is copied by parts", async () => {
      const key = newKey();
      const uploadId = await storage.createMultipart(key, type);
      const contents = [filled(PART_BYTES, 1), filled(PART_BYTES, 2), bytes("end")];
      const parts = await Promise.all(
        contents.map(async (body, index) => {
          const options = { expiresIn: 60, size: body.length };
          const { url, headers } = await storage.signPart(key, uploadId, index + 1, options);
          const answer = await fetch(url, { method: "PUT", headers, body });
          return { partNumber: index + 1, etag: answer.headers.get("etag") ?? "" };
        }),
      );
      await storage.completeMultipart(key, uploadId, parts.toReversed());
      const whole = Buffer.concat(contents);
      const found = await storage.head(key);
      expect(found).toMatchObject({ size: whole.length, contentType: "application/zip" });

      const copy = newKey();
      await storage.copy(key, copy, { ...type, size: whole.length, ifMatch: found?.etag ?? "" });
      expect(sha256((await read(storage, copy)) ?? "")).toBe(sha256(whole));
      const stale = storage.copy(key, newKey(), { ...type, size: whole.length, ifMatch: '"0-9"' });
      await expect(stale).rejects.toMatchObject({ code: "precondition-failed" });
    });

    test("parts that are too small, unequal or unknown make no object", async () => {
      const complete = async (sizes: number[], wrongEtag?: string) => {
        const key = newKey();
        const uploadId = await storage.createMultipart(key, type);
        const parts = [];
        for (const [index, size] of sizes.entries()) {
          parts.push(await storage.uploadPart(key, uploadId, index + 1, filled(size, index)));
        }
        const chosen = parts.map(({ partNumber, etag }) => ({ partNumber, etag: wrongEtag ?? etag }));
        const outcome = await storage
          .completeMultipart(key, uploadId, chosen)
          .catch((error: unknown) => error);
        expect(await storage.head(key)).toBeNull();
        await storage.abortMultipart(key, uploadId);
        return outcome;
      };
      expect(await complete([1000, 1000])).toMatchObject({ code: "invalid" });
      const unequal = { code: store.capabilities.unequalParts };
      expect(await complete([PART_BYTES, PART_BYTES + 1, 1000])).toMatchObject(unequal);
      expect(await complete([1000], '"0123456789abcdef0123456789abcdef"')).toMatchObject({ code: "invalid" });
    });

    test("an aborted upload takes no more parts and may be aborted again", async () => {
      const key = newKey();
      const uploadId = await storage.createMultipart(key, type);
      const part = await storage.uploadPart(key, uploadId, 1, bytes("part"));
      await storage.abortMultipart(key, uploadId);
      await storage.abortMultipart(key, uploadId);
      const late = storage.uploadPart(key, uploadId, 1, bytes("late"));
      await expect(late).rejects.toMatchObject({ code: "not-found" });
      const completing = storage.completeMultipart(key, uploadId, [part]);
      await expect(completing).rejects.toMatchObject({ code: "not-found" });
    });

    test("completing twice answers the same object", async () => {
      const key = newKey();
      const uploadId = await storage.createMultipart(key, type);
      const part = await storage.uploadPart(key, uploadId, 1, bytes("once"));
      const first = await storage.completeMultipart(key, uploadId, [part]);
      expect(await storage.completeMultipart(key, uploadId, [part])).toEqual(first);
    });

    test("a signed PUT takes the declared bytes, and no other length, type or MD5", async () => {
      const key = newKey();
      const declared = { expiresIn: 60, size: 5, ...type, sha256: sha256("hello"), md5: md5("hello") };
      const { url, headers } = await storage.signPut(key, declared);
      const send = async (body: string, other: Record<string, string> = {}) => {
        return (await fetch(url, { method: "PUT", headers: { ...headers, ...other }, body })).status;
      };
      expect(await send("longer than declared")).toBe(403);
      expect(await send("hello", { "content-type": "text/html" })).toBe(403);
      expect(await send("other")).toBe(400);
      expect(await storage.head(key)).toBeNull();
      expect(await send("hello")).toBe(200);
      expect(await read(storage, key)).toEqual(bytes("hello"));
    });

    test("a signed PUT refuses bytes of another SHA-256, where the store checks it", async () => {
      const declared = { expiresIn: 60, size: 5, ...type, sha256: sha256("hello") };
      const { url, headers } = await storage.signPut(newKey(), declared);
      const { status } = await fetch(url, { method: "PUT", headers, body: "other" });
      expect(status).toBe(store.capabilities.checksSha256 ? 400 : 200);
    });

    test("a signed GET serves ranges, cannot be used otherwise, and dies", async () => {
      const key = newKey();
      await storage.put(key, bytes("hello"), type);
      const asked = { expiresIn: 60, fileName: "更新.zip", contentType: "application/x-thing" };
      const url = await storage.signGet(key, asked);
      const answer = await fetch(url, { headers: { range: "bytes=1-2" } });
      expect([answer.status, await answer.text()]).toEqual([206, "el"]);
      const overridden = store.capabilities.overridesPresentation;
      expect(answer.headers.get("content-type")).toBe(overridden ? "application/x-thing" : "application/zip");
      expect(answer.headers.get("content-disposition")).toBe(
        overridden ? `attachment; filename="__.zip"; filename*=UTF-8''%E6%9B%B4%E6%96%B0.zip` : null,
      );
      const kept = await fetch(await storage.signGet(key, { ...asked, cacheControl: "private, no-store" }));
      expect(kept.headers.get("cache-control")).toBe(overridden ? "private, no-store" : null);
      expect(await kept.text()).toBe("hello");
      expect((await fetch(url, { method: "HEAD" })).status).toBe(403);
      expect((await fetch(url.replace(key, newKey()))).status).toBe(403);
      const yesterday = store.storageAt(() => Date.now() - 86_400_000);
      expect((await fetch(await yesterday.signGet(key, asked))).status).toBe(403);
    });
  });
}
