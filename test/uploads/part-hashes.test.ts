import { describe, expect, test, vi } from "vitest";
import type { Ctx } from "../../functions/core/context.ts";
import { createS3Storage } from "../../functions/storage/s3.ts";
import type { Storage, UploadedPart } from "../../functions/storage/storage.ts";
import { completeUpload } from "../../functions/uploads/complete-upload.ts";
import { createUpload } from "../../functions/uploads/create-upload.ts";
import { signParts } from "../../functions/uploads/sign-parts.ts";
import type { Upload } from "../../functions/uploads/uploads.ts";
import { useDomain, type Domain } from "../support/domain.ts";
import { atEveryCall, failingAt, faultModes } from "../support/domain/faults.ts";
import { expectAllInOrder } from "../support/domain/invariants.ts";
import { content, declaration, sha256, uploadRow } from "../support/domain/packages.ts";

vi.mock("../../functions/uploads/policy.ts", async (original) => {
  const { smallSizes } = await import("../support/domain/small-sizes.ts");
  return smallSizes(await original());
});
vi.setConfig({ testTimeout: 120_000 });

/** Three parts, the last of them shorter. */
const SIZE = 40 * 1024;

const openDomain = useDomain();

/** A domain whose bucket is the embedded one, with an upload that was begun without a hash. */
async function begun(bytes: Uint8Array) {
  const domain = await openDomain();
  const storage = createS3Storage({ ...domain.fake, forcePathStyle: true, embedded: true });
  const upload = await createUpload(domain.isolate({ storage }), withoutHash(bytes));
  return { domain, storage, upload };
}

const withoutHash = (bytes: Uint8Array) => ({ ...declaration(bytes), sha256: undefined });

/** PUTs each part, with its hash as its Content-Digest unless `digestOf` says another. */
async function send(
  ctx: Ctx,
  upload: Upload,
  bytes: Uint8Array,
  digestOf: (part: Uint8Array) => string | undefined = sha256,
): Promise<UploadedPart[]> {
  const numbers = Array.from({ length: upload.partCount }, (_, index) => index + 1);
  const parts = await signParts(ctx, upload, numbers);
  return Promise.all(
    parts.map(async ({ part_number: partNumber, size, url, headers, digest }) => {
      const start = (partNumber - 1) * upload.partSize;
      const body = new Uint8Array(bytes.subarray(start, start + size));
      const hash = digestOf(body);
      const base64 = hash === undefined ? undefined : Buffer.from(hash, "hex").toString("base64");
      const named: Record<string, string> =
        base64 === undefined ? {} : { "content-digest": `${digest}=:${base64}:` };
      const answer = await fetch(url, { method: "PUT", headers: { ...headers, ...named }, body });
      if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
      return { partNumber, etag: answer.headers.get("etag") ?? "", sha256: sha256(body) };
    }),
  );
}

const operations = (domain: Domain, operation: string) =>
  domain.fake.requests.filter((one) => one.operation === operation).length;

describe("parts that were sent with their hashes", () => {
  test("need no hash of the whole, and nobody reads them again", async () => {
    const bytes = content(SIZE);
    const { domain, storage, upload } = await begun(bytes);
    const ctx = domain.isolate({ storage });
    const parts = await send(ctx, upload, bytes);
    await completeUpload(ctx, upload.id, parts);
    await domain.settle();
    expect(await uploadRow(domain, upload.id)).toMatchObject({ state: "ready", reserved_bytes: 0 });
    expect(await domain.rows("SELECT size, sha256 FROM blobs")).toEqual([
      { size: SIZE, sha256: sha256(bytes) },
    ]);
    expect(operations(domain, "GetObject")).toBe(0);
    await domain.untilQuiet();
    await expectAllInOrder(domain);
  });

  test("are refused by the bucket where they are others", async () => {
    const bytes = content(SIZE);
    const { domain, storage, upload } = await begun(bytes);
    const ctx = domain.isolate({ storage });
    await expect(send(ctx, upload, bytes, () => sha256(content(1)))).rejects.toThrow(/400 .*BadDigest/s);
    await expect(send(ctx, upload, bytes, () => "ab")).rejects.toThrow(/400 .*InvalidDigest/s);
  });

  test("are what completion says they are, or nothing is joined", async () => {
    const bytes = content(SIZE);
    const { domain, storage, upload } = await begun(bytes);
    const ctx = domain.isolate({ storage });
    const parts = await send(ctx, upload, bytes);
    const wrong = parts.map((part, index) => (index === 1 ? { ...part, sha256: sha256(content(2)) } : part));
    await expect(completeUpload(ctx, upload.id, wrong)).rejects.toMatchObject({ code: "UPLOAD_INCOMPLETE" });
    const some = parts.map((part, index) => (index === 1 ? { ...part, sha256: undefined } : part));
    await expect(completeUpload(ctx, upload.id, some)).rejects.toMatchObject({ code: "MISSING_PARAMETER" });
    expect(await uploadRow(domain, upload.id)).toMatchObject({ state: "pending" });
    await completeUpload(ctx, upload.id, parts);
    await domain.settle();
    expect(await uploadRow(domain, upload.id)).toMatchObject({ state: "ready" });
  });

  test("and that the bucket was not told to compare are not believed", async () => {
    const bytes = content(SIZE);
    const { domain, storage, upload } = await begun(bytes);
    const ctx = domain.isolate({ storage });
    const parts = await send(ctx, upload, bytes, () => undefined);
    await expect(completeUpload(ctx, upload.id, parts)).rejects.toMatchObject({ code: "UPLOAD_INCOMPLETE" });
    expect(await uploadRow(domain, upload.id)).toMatchObject({ state: "pending" });
  });

  test.each<[string, (storage: Storage, domain: Domain) => Storage]>([
    ["another bucket", (_storage, domain) => domain.deps.storage],
    [
      "one that has no hash of the whole",
      (storage) => ({ ...storage, knownSha256: () => Promise.resolve(null) }),
    ],
  ])("in %s leave it to the client to hash the whole", async (_what, of) => {
    const bytes = content(SIZE);
    const { domain, storage, upload } = await begun(bytes);
    const ctx = domain.isolate({ storage: of(storage, domain) });
    const parts = await send(domain.isolate({ storage }), upload, bytes);
    await expect(completeUpload(ctx, upload.id, parts)).rejects.toMatchObject({
      code: "MISSING_PARAMETER",
      params: { field: "sha256" },
    });
    await expect(completeUpload(ctx, upload.id, parts)).rejects.toMatchObject({ code: "MISSING_PARAMETER" });
    await completeUpload(ctx, upload.id, parts, sha256(bytes));
    await domain.settle();
    expect(await uploadRow(domain, upload.id)).toMatchObject({ state: "ready" });
  });

  test("of bytes that are published there already are no second package, and are not kept", async () => {
    const bytes = content(SIZE);
    const { domain, storage, upload } = await begun(bytes);
    const ctx = domain.isolate({ storage });
    const again = await createUpload(ctx, withoutHash(bytes));
    await completeUpload(ctx, upload.id, await send(ctx, upload, bytes));
    await domain.settle();
    const status = await completeUpload(ctx, again.id, await send(ctx, again, bytes));
    expect(status).toMatchObject({ state: "ready", result: { sha256: sha256(bytes) } });
    expect(await domain.rows("SELECT id FROM packages")).toHaveLength(1);
    await domain.untilQuiet();
    await expectAllInOrder(domain);
  });

  test.each(faultModes)("are one package when any call %s and the client completes again", async (mode) => {
    const calls = await atEveryCall(async (at) => {
      const bytes = content(SIZE);
      const { domain, storage, upload } = await begun(bytes);
      const parts = await send(domain.isolate({ storage }), upload, bytes);
      const fault = failingAt({ ...domain.deps, storage }, at, mode);
      await completeUpload(domain.isolate(fault.deps), upload.id, parts).catch(() => undefined);
      await domain.settle();
      domain.advance(60_000);
      await completeUpload(domain.isolate({ storage }), upload.id, parts);
      await domain.settle();
      expect(await uploadRow(domain, upload.id), `call ${at}`).toMatchObject({ state: "ready" });
      expect(await domain.rows("SELECT sha256 FROM blobs"), `call ${at}`).toEqual([
        { sha256: sha256(bytes) },
      ]);
      return fault.reached();
    });
    expect(calls).toBeGreaterThan(3);
  });
});
