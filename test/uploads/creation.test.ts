import { describe, expect, test, vi } from "vitest";
import { unavailable } from "../../functions/core/errors.ts";
import { completeUpload } from "../../functions/uploads/complete-upload.ts";
import { createUpload } from "../../functions/uploads/create-upload.ts";
import { useDomain, type Domain } from "../support/domain.ts";
import { atEveryCall, failingAt, faultModes } from "../support/domain/faults.ts";
import { expectAllInOrder, expectTotalsRight } from "../support/domain/invariants.ts";
import { content, declaration, publishPackage, sendParts } from "../support/domain/packages.ts";
import { aroundWrites } from "../support/domain/writes.ts";

vi.mock("../../functions/uploads/policy.ts", async (original) => {
  const { smallSizes } = await import("../support/domain/small-sizes.ts");
  return smallSizes(await original());
});
vi.setConfig({ testTimeout: 60_000 });

const SMALL = 10_000;
const LARGE = 40_000;

const openDomain = useDomain();

const version = (number: number) => ({ version: `1.0.${number}` });
const counted = async (domain: Domain) =>
  (await domain.rows<{ n: number }>("SELECT count(*) AS n FROM uploads"))[0]?.n;

/** Runs `count` creations at once, each in an isolate of its own. @returns the codes of the refusals */
async function createMany(
  domain: Domain,
  count: number,
  input: (n: number) => ReturnType<typeof declaration>,
) {
  const results = await Promise.allSettled(
    Array.from({ length: count }, (_, n) => createUpload(domain.isolate(), input(n))),
  );
  const uploads = results.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
  const refusals = results.flatMap((one) => {
    return one.status === "rejected" ? [(one.reason as { code?: string }).code] : [];
  });
  return { uploads, refusals };
}

describe("the quota", () => {
  test("takes an upload that fills it exactly, and not one byte more", async () => {
    const domain = await openDomain({ settings: { STORAGE_QUOTA_BYTES: "30000" } });
    await createUpload(domain.ctx, declaration(content(20_000), version(1)));
    await expect(createUpload(domain.ctx, declaration(content(10_001), version(2)))).rejects.toMatchObject({
      code: "INSUFFICIENT_STORAGE",
    });
    await createUpload(domain.ctx, declaration(content(10_000), version(2)));
    await expect(createUpload(domain.ctx, declaration(content(1), version(3)))).rejects.toMatchObject({
      code: "INSUFFICIENT_STORAGE",
    });
    expect(await counted(domain)).toBe(2);
    await expectTotalsRight(domain);
  });

  test("is not exceeded by 50 creations at once", async () => {
    const domain = await openDomain({ settings: { STORAGE_QUOTA_BYTES: String(7 * SMALL + 1) } });
    const { uploads, refusals } = await createMany(domain, 50, (n) =>
      declaration(content(SMALL), version(n)),
    );
    expect(uploads).toHaveLength(7);
    expect(new Set(refusals)).toEqual(new Set(["INSUFFICIENT_STORAGE"]));
    expect(await domain.rows("SELECT bytes FROM usage WHERE category = 'reserved'")).toEqual([
      { bytes: 7 * SMALL },
    ]);
    await expectTotalsRight(domain);
  });

  test("counts what is published as well as what is reserved", async () => {
    const domain = await openDomain({ settings: { STORAGE_QUOTA_BYTES: String(2 * SMALL) } });
    await publishPackage(domain, version(1), content(SMALL));
    await createUpload(domain.ctx, declaration(content(SMALL), version(2)));
    await expect(createUpload(domain.ctx, declaration(content(1), version(3)))).rejects.toMatchObject({
      code: "INSUFFICIENT_STORAGE",
    });
  });

  test("an upload that no cleanup could make room for deletes nothing", async () => {
    const domain = await openDomain({
      settings: { STORAGE_QUOTA_BYTES: String(5 * SMALL), KEEP_FULL: "1" },
    });
    for (const n of [1, 2, 3]) await publishPackage(domain, version(n), content(SMALL));
    await expect(createUpload(domain.ctx, declaration(content(6 * SMALL), version(4)))).rejects.toMatchObject(
      { code: "INSUFFICIENT_STORAGE" },
    );
    expect(await domain.rows("SELECT id FROM packages")).toHaveLength(3);
  });

  test("what stands in the way of an upload is cleaned up for it", async () => {
    const domain = await openDomain({
      settings: { STORAGE_QUOTA_BYTES: String(3 * SMALL), KEEP_FULL: "1" },
    });
    for (const n of [1, 2, 3]) await publishPackage(domain, version(n), content(SMALL));
    await createUpload(domain.ctx, declaration(content(SMALL), version(4)));
    expect(
      await domain.rows("SELECT v.version FROM packages p JOIN versions v ON v.id = p.version_id"),
    ).toEqual([{ version: "1.0.2" }, { version: "1.0.3" }]);
    await expectTotalsRight(domain);
  });
});

describe("the limit of an hour", () => {
  const limited = { settings: { UPLOADS_PER_HOUR: "10" } };

  test("lets exactly 10 of 50 creations at once through and says when to come back", async () => {
    const domain = await openDomain(limited);
    const { uploads, refusals } = await createMany(domain, 50, (n) => declaration(content(10), version(n)));
    expect(uploads).toHaveLength(10);
    expect(refusals).toEqual(Array(40).fill("TOO_MANY_UPLOADS"));
    const refused = createUpload(domain.ctx, declaration(content(10), version(99)));
    const { retryAfter } = (await refused.catch((error: unknown) => error)) as { retryAfter: number };
    expect(retryAfter).toBeGreaterThan(3500);
    expect(retryAfter).toBeLessThanOrEqual(3600);

    domain.advance(retryAfter * 1000 + 1);
    await createUpload(domain.ctx, declaration(content(10), version(99)));
  });

  test("is one for each key", async () => {
    const domain = await openDomain(limited);
    await createMany(domain, 10, (n) => declaration(content(10), version(n)));
    const other = domain.isolate({}, { type: "api_key", id: "key_other", scopes: ["packages:write"] });
    await createUpload(other, declaration(content(10), version(50)));
  });
});

describe("the idempotency key", () => {
  test.each([
    ["", {}],
    [" with a limit of one upload an hour", { UPLOADS_PER_HOUR: "1" }],
    [" with room for one upload", { STORAGE_QUOTA_BYTES: String(LARGE) }],
  ])("makes 20 creations at once one upload%s", async (_case, settings) => {
    const domain = await openDomain({ settings });
    const input = { ...declaration(content(LARGE)), idempotencyKey: "build-1" };
    const { uploads, refusals } = await createMany(domain, 20, () => input);
    expect(refusals).toEqual([]);
    expect(new Set(uploads.map((upload) => upload.id)).size).toBe(1);
    expect(await counted(domain)).toBe(1);
    expect([...domain.fake.uploads().keys()]).toEqual([uploads[0]?.multipartId]);
  });

  test("with another request is refused", async () => {
    const domain = await openDomain();
    const input = { ...declaration(content(SMALL)), idempotencyKey: "build-1" };
    await createUpload(domain.ctx, input);
    await expect(createUpload(domain.ctx, { ...input, size: SMALL + 1 })).rejects.toMatchObject({
      code: "IDEMPOTENCY_CONFLICT",
    });
  });

  test("of a published upload answers that upload", async () => {
    const domain = await openDomain();
    const bytes = content(SMALL);
    const input = { ...declaration(bytes), idempotencyKey: "build-1" };
    const upload = await createUpload(domain.ctx, input);
    await completeUpload(domain.ctx, upload.id, await sendParts(domain.ctx, upload, bytes));
    expect(await createUpload(domain.isolate(), input)).toMatchObject({ id: upload.id, state: "ready" });
  });

  test("after an answer of the database that was lost gives an upload that takes bytes", async () => {
    const domain = await openDomain();
    const bytes = content(LARGE);
    const input = { ...declaration(bytes), idempotencyKey: "build-1" };
    const db = aroundWrites(domain.deps.db, async (write) => {
      await write();
      throw unavailable(new Error("the answer is lost"));
    });
    const lost = domain.isolate({ db });
    const recorded = await createUpload(lost, input);

    const upload = await createUpload(domain.isolate(), input);
    expect(upload.id).toBe(recorded.id);
    const parts = await sendParts(domain.ctx, upload, bytes);
    await completeUpload(domain.ctx, upload.id, parts);
    await domain.settle();
    expect(await domain.rows("SELECT upload_id FROM packages")).toEqual([{ upload_id: upload.id }]);
    expect(await counted(domain)).toBe(1);
  });
});

describe("hotfixes", () => {
  test("of one version that are begun at the same moment are all let in, under names of their own", async () => {
    const domain = await openDomain();
    const fields = { version: "1.0.0", package_type: "hotfix" };
    const { uploads, refusals } = await createMany(domain, 5, () => declaration(content(10), fields));
    expect(refusals).toEqual([]);
    expect(new Set(uploads.map((upload) => upload.fileName)).size).toBe(5);
  });
});

describe("a creation that fails", () => {
  test.each(faultModes)("at any call (%s) leaves nothing in the end", async (mode) => {
    const calls = await atEveryCall(async (at) => {
      const domain = await openDomain();
      const fault = failingAt(domain.deps, at, mode);
      const input = { ...declaration(content(LARGE)), idempotencyKey: "build-1" };
      await createUpload(domain.isolate(fault.deps), input).catch(() => undefined);
      await domain.untilQuiet();
      expect(await domain.rows("SELECT id FROM packages")).toEqual([]);
      await expectAllInOrder(domain);
      return fault.reached();
    });
    expect(calls).toBeGreaterThan(2);
  });

  test("at the bucket leaves no row", async () => {
    const domain = await openDomain();
    domain.fake.fail({ operation: "CreateMultipartUpload", kind: "500", times: 4 });
    await expect(createUpload(domain.ctx, declaration(content(LARGE)))).rejects.toMatchObject({
      code: "unavailable",
    });
    expect(await counted(domain)).toBe(0);
    await expectTotalsRight(domain);
  });

  test("at the database leaves no multipart upload", async () => {
    const domain = await openDomain();
    const db = aroundWrites(domain.deps.db, () => Promise.reject(unavailable(new Error("no database"))));
    const ctx = domain.isolate({ db });
    await expect(createUpload(ctx, declaration(content(LARGE)))).rejects.toMatchObject({
      code: "SERVICE_UNAVAILABLE",
    });
    // What is not known to have failed may be kept for a repetition, but not for ever.
    await domain.untilQuiet();
    expect(domain.fake.uploads().size).toBe(0);
    await expectAllInOrder(domain);
  });

  test("by a place that is taken leaves neither", async () => {
    const domain = await openDomain();
    await publishPackage(domain);
    await expect(createUpload(domain.ctx, declaration(content(LARGE)))).rejects.toMatchObject({
      code: "PACKAGE_EXISTS",
    });
    expect(await counted(domain)).toBe(1);
    expect(domain.fake.uploads().size).toBe(0);
  });

  test.each([
    ["an empty file", { size: 0 }, "EMPTY_FILE"],
    ["a file beyond the limit", { size: 2000 }, "FILE_TOO_LARGE"],
    ["another extension", { fileName: "build.txt" }, "UNSUPPORTED_FILE_TYPE"],
    ["a path", { fileName: "../build.zip" }, "INVALID_FILE_NAME"],
    ["an unknown kind", { kind: "toString" }, "VALIDATION_ERROR"],
    ["no version", { fields: { package_type: "full" } }, "MISSING_PARAMETER"],
    ["a version that is none", { fields: { package_type: "full", version: "one" } }, "INVALID_VERSION"],
  ])("for %s costs nothing", async (_case, change, code) => {
    const domain = await openDomain({ settings: { MAX_PACKAGE_BYTES: "1000" } });
    const input = { ...declaration(content(100)), ...change };
    await expect(createUpload(domain.ctx, input)).rejects.toMatchObject({ code });
    expect(await counted(domain)).toBe(0);
    expect(domain.fake.requests).toEqual([]);
  });

  test("for want of a scope costs nothing", async () => {
    const domain = await openDomain();
    const reader = domain.isolate({}, { type: "api_key", id: "key_reader", scopes: ["packages:read"] });
    await expect(createUpload(reader, declaration(content(100)))).rejects.toMatchObject({
      code: "INSUFFICIENT_SCOPE",
    });
    expect(await counted(domain)).toBe(0);
  });
});
