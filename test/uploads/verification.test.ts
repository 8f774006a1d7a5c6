import { createHash } from "node:crypto";
import { describe, expect, test, vi } from "vitest";
import type { Storage } from "../../functions/storage/storage.ts";
import { completeUpload } from "../../functions/uploads/complete-upload.ts";
import { createS3Storage } from "../../functions/storage/s3.ts";
import { createUpload } from "../../functions/uploads/create-upload.ts";
import { writtenKey } from "../../functions/uploads/publishing/objects.ts";
import type { Upload } from "../../functions/uploads/uploads.ts";
import { advanceVerification } from "../../functions/uploads/verification/verify-upload.ts";
import { useDomain, type Domain } from "../support/domain.ts";
import { expectAllInOrder } from "../support/domain/invariants.ts";
import {
  acceptedUpload,
  content,
  declaration,
  sendParts,
  sentUpload,
  uploadRow,
} from "../support/domain/packages.ts";

vi.mock("../../functions/uploads/policy.ts", async (original) => {
  const { smallSizes } = await import("../support/domain/small-sizes.ts");
  return smallSizes(await original());
});
vi.setConfig({ testTimeout: 60_000 });

const SLICE = 16 * 1024;
const LEASE_MS = 30_000;
/** A deadline that has passed: one slice and no more. */
const ONE_SLICE = 0;

const openDomain = useDomain();

const rangesRead = (domain: Domain) =>
  domain.fake.requests.filter((one) => one.operation === "GetObject").map((one) => one.headers.range);
const whole = (size: number) => `bytes=0-${size - 1}`;
const range = (slice: number, size = Infinity) =>
  `bytes=${slice * SLICE}-${Math.min((slice + 1) * SLICE, size) - 1}`;

function restage(domain: Domain, upload: Upload, bytes: Uint8Array) {
  return domain.deps.storage.put(writtenKey(upload), bytes, { contentType: "application/zip" });
}

/** Storage that stops inside its first read until it is told to go on. */
function pausedReads(storage: Storage) {
  const entered = Promise.withResolvers<void>();
  const goOn = Promise.withResolvers<void>();
  let first = true;
  const get: Storage["get"] = async (...args) => {
    if (first) {
      first = false;
      entered.resolve();
      await goOn.promise;
    }
    return storage.get(...args);
  };
  return { storage: { ...storage, get }, entered: entered.promise, goOn: goOn.resolve };
}

async function expectRejected(domain: Domain, upload: Upload, code: string) {
  expect(await uploadRow(domain, upload.id)).toMatchObject({
    state: "rejected",
    error_code: code,
    reserved_bytes: 0,
  });
  expect(domain.fake.objects().size).toBe(0);
  expect(await domain.rows("SELECT bytes FROM usage WHERE category = 'reserved'")).toEqual([{ bytes: 0 }]);
  expect(await domain.rows("SELECT id FROM packages")).toEqual([]);
  await domain.untilQuiet();
  await expectAllInOrder(domain);
}

describe("verification in slices", () => {
  test("each run past its deadline verifies one slice, in whatever isolate, and the digests are those of the whole", async () => {
    const domain = await openDomain();
    const bytes = content(5 * SLICE + 123);
    const upload = await acceptedUpload(domain, bytes);
    for (let slice = 1; slice <= 5; slice++) {
      await advanceVerification(domain.isolate(), upload.id, ONE_SLICE);
      expect(await uploadRow(domain, upload.id)).toMatchObject({
        state: "verifying",
        bytes_verified: slice * SLICE,
      });
    }
    await advanceVerification(domain.isolate(), upload.id, ONE_SLICE);
    expect(await uploadRow(domain, upload.id)).toMatchObject({ state: "ready", reserved_bytes: 0 });
    expect(rangesRead(domain)).toEqual([0, 1, 2, 3, 4, 5].map((slice) => range(slice, bytes.length)));

    const digest = (name: string) => createHash(name).update(bytes).digest("hex");
    await domain.cron("* * * * *");
    expect(await domain.rows("SELECT size, sha256, sha1, sha512 FROM blobs")).toEqual([
      {
        size: bytes.length,
        sha256: digest("sha256"),
        sha1: digest("sha1"),
        sha512: digest("sha512"),
      },
    ]);
    await domain.untilQuiet();
    await expectAllInOrder(domain);
  });

  test("the cron tick goes on where a run stopped", async () => {
    const domain = await openDomain();
    const upload = await acceptedUpload(domain, content(3 * SLICE));
    for (const _slice of [1, 2]) await advanceVerification(domain.ctx, upload.id, ONE_SLICE);
    await domain.cron("* * * * *");
    expect(await uploadRow(domain, upload.id)).toMatchObject({ state: "ready" });
    expect(rangesRead(domain).slice(0, 3)).toEqual([range(0), range(1), range(2)]);
  });

  test("is not needed for what ends in time: that is hashed natively, in one pass", async () => {
    const domain = await openDomain();
    const bytes = content(5 * SLICE + 123);
    const upload = await acceptedUpload(domain, bytes);
    await advanceVerification(domain.ctx, upload.id, Infinity);
    expect(await uploadRow(domain, upload.id)).toMatchObject({ state: "ready" });
    expect(rangesRead(domain)).toEqual([whole(bytes.length)]);
  });

  test("a pass that turns out too slow is left for slices, and so is the next by the pace that was measured", async () => {
    const domain = await openDomain();
    let now = Date.now();
    const slow = domain.isolate({ clock: () => (now += 1000) });
    for (const [index, first] of [["1.0.0", true] as const, ["1.0.1", false] as const]) {
      const size = 40 * SLICE;
      const upload = await acceptedUpload(domain, content(size), { version: index });
      const before = rangesRead(domain).length;
      await advanceVerification(slow, upload.id, now + 15_000, SLICE);
      const ranges = rangesRead(domain).slice(before);
      expect(ranges.slice(0, 2)).toEqual(first ? [whole(size), range(0)] : [range(0), range(1)]);
      expect(await uploadRow(domain, upload.id)).toMatchObject({ state: "verifying" });
      domain.advance(now - Date.now());
      await advanceVerification(domain.isolate(), upload.id, Infinity);
      expect(await uploadRow(domain, upload.id)).toMatchObject({ state: "ready" });
    }
  });

  test("a read that breaks off costs its slice alone", async () => {
    const domain = await openDomain();
    const upload = await acceptedUpload(domain, content(3 * SLICE));
    await advanceVerification(domain.ctx, upload.id, ONE_SLICE);
    domain.fake.fail({ operation: "GetObject", kind: "truncate" });
    await expect(advanceVerification(domain.ctx, upload.id, ONE_SLICE)).rejects.toThrow();
    expect(await uploadRow(domain, upload.id)).toMatchObject({ state: "verifying", bytes_verified: SLICE });
    for (const _slice of [1, 2]) await advanceVerification(domain.isolate(), upload.id, ONE_SLICE);
    expect(await uploadRow(domain, upload.id)).toMatchObject({ state: "ready" });
    expect(rangesRead(domain)).toEqual([range(0), range(1), range(1), range(2)]);
  });

  test("a bucket that fails for longer than the retries leaves the upload to the next run", async () => {
    const domain = await openDomain();
    const upload = await acceptedUpload(domain, content(2 * SLICE));
    domain.fake.fail({ operation: "GetObject", kind: "503-slow-down", times: 4 });
    await expect(advanceVerification(domain.ctx, upload.id, Infinity)).rejects.toMatchObject({
      code: "unavailable",
    });
    await advanceVerification(domain.ctx, upload.id, Infinity);
    expect(await uploadRow(domain, upload.id)).toMatchObject({ state: "ready" });
  });

  test("while one run is inside a slice, others do nothing", async () => {
    const domain = await openDomain();
    const upload = await acceptedUpload(domain, content(3 * SLICE));
    const paused = pausedReads(domain.deps.storage);
    const first = advanceVerification(domain.isolate({ storage: paused.storage }), upload.id, Infinity);
    await paused.entered;
    await advanceVerification(domain.isolate(), upload.id, Infinity);
    await domain.cron("* * * * *");
    expect(await uploadRow(domain, upload.id)).toMatchObject({ state: "verifying", bytes_verified: 0 });
    paused.goOn();
    await first;
    expect(await uploadRow(domain, upload.id)).toMatchObject({ state: "ready" });
    expect(rangesRead(domain)).toEqual([whole(3 * SLICE)]);
  });

  test("a run that died holds the upload until its lease ends", async () => {
    const domain = await openDomain();
    const upload = await acceptedUpload(domain, content(3 * SLICE));
    const paused = pausedReads(domain.deps.storage);
    const dead = domain.isolate({ storage: paused.storage });
    const run = advanceVerification(dead, upload.id, Infinity);
    await paused.entered;
    domain.advance(LEASE_MS - 5_000);
    await advanceVerification(domain.isolate(), upload.id, Infinity);
    expect(await uploadRow(domain, upload.id)).toMatchObject({ state: "verifying", bytes_verified: 0 });
    domain.advance(10_000);
    await advanceVerification(domain.isolate(), upload.id, Infinity);
    expect(await uploadRow(domain, upload.id)).toMatchObject({ state: "ready" });

    paused.goOn();
    await run.catch(() => undefined);
    expect(await uploadRow(domain, upload.id)).toMatchObject({ state: "ready" });
    expect(await domain.rows("SELECT id FROM packages")).toHaveLength(1);
    await domain.untilQuiet();
    await expectAllInOrder(domain);
  });

  test("a run that lost its lease half-way saves nothing over its successor's progress", async () => {
    const domain = await openDomain();
    const upload = await acceptedUpload(domain, content(4 * SLICE));
    const paused = pausedReads(domain.deps.storage);
    const slow = advanceVerification(domain.isolate({ storage: paused.storage }), upload.id, Infinity);
    await paused.entered;
    domain.advance(LEASE_MS + 1_000);
    await advanceVerification(domain.isolate(), upload.id, ONE_SLICE);
    await advanceVerification(domain.isolate(), upload.id, ONE_SLICE);
    paused.goOn();
    await slow;
    expect(await uploadRow(domain, upload.id)).toMatchObject({
      state: "verifying",
      bytes_verified: 2 * SLICE,
    });
    await advanceVerification(domain.isolate(), upload.id, Infinity);
    expect(await uploadRow(domain, upload.id)).toMatchObject({ state: "ready" });
  });

  test("a saved state that another build wrote is no end: the upload is hashed from the start", async () => {
    const domain = await openDomain();
    const upload = await acceptedUpload(domain, content(3 * SLICE));
    await advanceVerification(domain.ctx, upload.id, ONE_SLICE);
    await domain.rows("UPDATE uploads SET hash_state = 'AgAAAAAAAAAAAA=='");
    await domain.untilQuiet();
    expect(await uploadRow(domain, upload.id)).toMatchObject({ state: "ready" });
  });
});

describe("staged bytes that change", () => {
  test("right bytes that replace wrong ones between slices are hashed from their start", async () => {
    const domain = await openDomain();
    const bytes = content(3 * SLICE);
    const upload = await acceptedUpload(domain, bytes);
    await restage(domain, upload, content(3 * SLICE));
    await advanceVerification(domain.ctx, upload.id, ONE_SLICE);
    await advanceVerification(domain.ctx, upload.id, ONE_SLICE);
    await advanceVerification(domain.ctx, upload.id, ONE_SLICE);
    await restage(domain, upload, bytes);
    await domain.untilQuiet();
    expect(await uploadRow(domain, upload.id)).toMatchObject({ state: "ready" });
    await expectAllInOrder(domain);
  });

  test("bytes whose beginning was right once are rejected when the whole is not", async () => {
    const domain = await openDomain();
    const bytes = content(3 * SLICE);
    const upload = await acceptedUpload(domain, bytes);
    await advanceVerification(domain.ctx, upload.id, ONE_SLICE);
    const half = new Uint8Array(bytes).fill(0, 0, SLICE);
    await restage(domain, upload, half);
    await advanceVerification(domain.ctx, upload.id, Infinity);
    await expectRejected(domain, upload, "CHECKSUM_MISMATCH");
  });

  test.each([
    ["shorter", 2 * SLICE],
    ["longer", 4 * SLICE],
  ])("a %s object is rejected by its size", async (_name, size) => {
    const domain = await openDomain();
    const upload = await acceptedUpload(domain, content(3 * SLICE));
    await advanceVerification(domain.ctx, upload.id, ONE_SLICE);
    await restage(domain, upload, content(size));
    await advanceVerification(domain.ctx, upload.id, Infinity);
    await expectRejected(domain, upload, "SIZE_MISMATCH");
  });

  test("an object that is gone ends the upload", async () => {
    const domain = await openDomain();
    const upload = await acceptedUpload(domain, content(3 * SLICE));
    await advanceVerification(domain.ctx, upload.id, ONE_SLICE);
    await domain.deps.storage.delete(writtenKey(upload));
    await advanceVerification(domain.ctx, upload.id, Infinity);
    await expectRejected(domain, upload, "SIZE_MISMATCH");
  });

  test("bytes replaced after their verification are not the ones that are published", async () => {
    const domain = await openDomain();
    const bytes = content(2 * SLICE);
    const upload = await acceptedUpload(domain, bytes);
    let replaced = false;
    const copy: Storage["copy"] = async (...args) => {
      if (!replaced) await restage(domain, upload, content(2 * SLICE));
      replaced = true;
      await domain.deps.storage.copy(...args);
    };
    const ctx = domain.isolate({ storage: { ...domain.deps.storage, copy } });
    await advanceVerification(ctx, upload.id, Infinity);
    expect(await domain.rows("SELECT id FROM packages")).toEqual([]);
    await domain.untilQuiet();
    expect(await uploadRow(domain, upload.id)).toMatchObject({ error_code: "CHECKSUM_MISMATCH" });
    await expectAllInOrder(domain);
  });
});

describe("complete", () => {
  test("wrong bytes of the right size are rejected, deleted and cost no quota", async () => {
    const domain = await openDomain();
    const { upload } = await sentUpload(domain, content(2 * SLICE));
    await restage(domain, upload, content(2 * SLICE));
    await expect(completeUpload(domain.ctx, upload.id, undefined)).rejects.toMatchObject({
      code: "CHECKSUM_MISMATCH",
    });
    await expectRejected(domain, upload, "CHECKSUM_MISMATCH");
  });

  test("an object of another size is rejected at once", async () => {
    const domain = await openDomain();
    const { upload } = await sentUpload(domain, content(2 * SLICE));
    await restage(domain, upload, content(SLICE));
    await expect(completeUpload(domain.ctx, upload.id, undefined)).rejects.toMatchObject({
      code: "SIZE_MISMATCH",
    });
    await expectRejected(domain, upload, "SIZE_MISMATCH");
  });

  test("nothing sent yet is no end: the upload can still be completed", async () => {
    const domain = await openDomain();
    const bytes = content(SLICE);
    const { upload } = await sentUpload(domain, bytes);
    await domain.deps.storage.delete(writtenKey(upload));
    await expect(completeUpload(domain.ctx, upload.id, undefined)).rejects.toMatchObject({
      code: "UPLOAD_INCOMPLETE",
    });
    await restage(domain, upload, bytes);
    expect(await completeUpload(domain.ctx, upload.id, undefined)).toMatchObject({ state: "ready" });
  });
});

describe("a store that hashes itself", () => {
  const trusting = (domain: Domain) =>
    createS3Storage({ ...domain.fake, forcePathStyle: true, embedded: true });
  const operations = (domain: Domain) => domain.fake.requests.map(({ operation }) => operation);

  test("is believed where it is the embedded one: nothing is read", async () => {
    const domain = await openDomain();
    const bytes = content(5 * SLICE + 123);
    const upload = await acceptedUpload(domain, bytes);
    const before = operations(domain).length;
    await advanceVerification(domain.isolate({ storage: trusting(domain) }), upload.id, ONE_SLICE);
    expect(await uploadRow(domain, upload.id)).toMatchObject({ state: "ready", reserved_bytes: 0 });
    expect(operations(domain).slice(before)).toEqual(["HeadObject"]);
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    expect(await domain.rows("SELECT size, sha256 FROM blobs")).toEqual([{ size: bytes.length, sha256 }]);
    await domain.untilQuiet();
    await expectAllInOrder(domain);
  });

  test("spares a reader that needs other hashes as well its own", async () => {
    const domain = await openDomain();
    const bytes = content(5 * SLICE + 123);
    const upload = await acceptedUpload(domain, bytes, { draft: true });
    await advanceVerification(domain.isolate({ storage: trusting(domain) }), upload.id, Infinity);
    expect(rangesRead(domain)).toEqual([whole(bytes.length)]);
    const hex = (name: string) => createHash(name).update(bytes).digest("hex");
    const digests = { sha256: hex("sha256"), sha1: hex("sha1"), sha512: hex("sha512") };
    const [row] = await domain.rows({
      sql: "SELECT state, digests FROM uploads WHERE id = ?",
      args: [upload.id],
    });
    expect(row).toEqual({ state: "held", digests: JSON.stringify(digests) });
  });

  test("and tells wrong bytes to that reader", async () => {
    const domain = await openDomain();
    const declared = declaration(content(5 * SLICE), { draft: true });
    const upload = await createUpload(domain.ctx, declared);
    const parts = await sendParts(domain.ctx, upload, content(5 * SLICE));
    const ctx = domain.isolate({ storage: trusting(domain) });
    await completeUpload(ctx, upload.id, parts);
    await domain.settle();
    await expectRejected(domain, upload, "CHECKSUM_MISMATCH");
  });

  test("is not asked where it is another", async () => {
    const domain = await openDomain();
    const upload = await acceptedUpload(domain, content(5 * SLICE));
    await advanceVerification(domain.ctx, upload.id, Infinity);
    expect(await uploadRow(domain, upload.id)).toMatchObject({ state: "ready" });
    expect(rangesRead(domain)).toEqual([whole(5 * SLICE)]);
    expect(await domain.deps.storage.knownSha256(writtenKey(upload))).toBeNull();
  });

  test("tells of wrong bytes as well", async () => {
    const domain = await openDomain();
    const upload = await createUpload(domain.ctx, declaration(content(5 * SLICE)));
    const parts = await sendParts(domain.ctx, upload, content(5 * SLICE));
    const ctx = domain.isolate({ storage: trusting(domain) });
    expect(await completeUpload(ctx, upload.id, parts)).toMatchObject({ state: "verifying" });
    await domain.settle();
    await expectRejected(domain, upload, "CHECKSUM_MISMATCH");
    expect(rangesRead(domain)).toEqual([]);
  });

  test("is asked again where the bytes are others by then", async () => {
    const domain = await openDomain();
    const bytes = content(5 * SLICE);
    const upload = await acceptedUpload(domain, content(5 * SLICE));
    await restage(domain, upload, bytes);
    await domain.rows({
      sql: "UPDATE uploads SET sha256 = ?",
      args: [createHash("sha256").update(bytes).digest("hex")],
    });
    await advanceVerification(domain.isolate({ storage: trusting(domain) }), upload.id, ONE_SLICE);
    expect(await uploadRow(domain, upload.id)).toMatchObject({ state: "ready" });
    expect(rangesRead(domain)).toEqual([]);
  });

  test("that does not know leaves it to those who read", async () => {
    const domain = await openDomain();
    const upload = await acceptedUpload(domain, content(5 * SLICE));
    const knownSha256 = () => Promise.resolve(null);
    const storage = { ...trusting(domain), knownSha256 };
    await advanceVerification(domain.isolate({ storage }), upload.id, Infinity);
    expect(await uploadRow(domain, upload.id)).toMatchObject({ state: "ready" });
    expect(rangesRead(domain)).toEqual([whole(5 * SLICE)]);
  });
});
