import { describe, expect, test, vi } from "vitest";
import type { Ctx } from "../../functions/core/context.ts";
import { completeUpload } from "../../functions/uploads/complete-upload.ts";
import { createUpload } from "../../functions/uploads/create-upload.ts";
import type { NewUpload } from "../../functions/uploads/uploads.ts";
import { assign, newServer, newTask, newUser } from "../compute/tasks-domain.ts";
import { archive, newKey, newName } from "../plugins/archives.ts";
import { useDomain, type Domain } from "../support/domain.ts";
import { atEveryCall, failingAt } from "../support/domain/faults.ts";
import { expectAllInOrder } from "../support/domain/invariants.ts";
import {
  content,
  declaration,
  publishPackage,
  sendParts,
  sentUpload,
  sha256,
  uploadRow,
} from "../support/domain/packages.ts";

vi.mock("../../functions/uploads/policy.ts", async (original) => {
  const { smallSizes } = await import("../support/domain/small-sizes.ts");
  return smallSizes(await original());
});
vi.setConfig({ testTimeout: 120_000 });

const KIB = 1024;
const SMALL = 10 * KIB;
const LARGE = 40 * KIB;

const openDomain = useDomain();

/** A file of a kind, and who may send it. */
type Case = { ctx: Ctx; bytes: Uint8Array; described: Pick<NewUpload, "kind" | "fields" | "fileName"> };

const kinds: Record<string, (domain: Domain, size: number) => Promise<Case>> = {
  async package(domain, size) {
    const fields = { version: "1.0.0", package_type: "full" };
    return {
      ctx: domain.ctx,
      bytes: content(size),
      described: { kind: "package", fields, fileName: "build.zip" },
    };
  },
  async plugin(domain, size) {
    const fields = { plugin_key: newKey() };
    const bytes = await archive({ name: newName() }, Buffer.from(content(size)));
    return { ctx: domain.ctx, bytes, described: { kind: "plugin", fields, fileName: "p.zip" } };
  },
  async backup(domain, size) {
    const fields = { user_key: newKey(), backup_type: "program" };
    return {
      ctx: domain.ctx,
      bytes: content(size),
      described: { kind: "backup", fields, fileName: "b.zip" },
    };
  },
  async input(domain, size) {
    const ctx = await newUser(domain, 0);
    return { ctx, bytes: content(size), described: { kind: "input", fields: undefined, fileName: "in.mp4" } };
  },
  async output(domain, size) {
    const [user, server] = [await newUser(domain, 10_000), await newServer(domain)];
    const { id } = await newTask(user);
    const fields = { agent_token: server.token, task_id: id, attempt: await assign(domain, id, server.id) };
    return {
      ctx: domain.isolate(),
      bytes: content(size),
      described: { kind: "output", fields, fileName: "o" },
    };
  },
};

const published = (domain: Domain) => domain.rows("SELECT sha256, size FROM blobs WHERE refs > 0");

/** Begins an upload without its SHA-256 and sends its bytes. */
async function sent({ ctx, bytes, described }: Case, more: Partial<NewUpload> = {}) {
  const upload = await createUpload(ctx, { ...described, size: bytes.length, ...more });
  return { upload, parts: await sendParts(ctx, upload, bytes) };
}

/** Completes an upload and waits until its verification has ended. */
async function completed(domain: Domain, ctx: Ctx, ...input: [string, Parts, string?]) {
  await completeUpload(ctx, ...input);
  await domain.settle();
  return completeUpload(ctx, ...input);
}
type Parts = Parameters<typeof completeUpload>[2];

const each = Object.keys(kinds).flatMap((kind) => [SMALL, LARGE].map((size) => ({ kind, size })));
const caseOf = (domain: Domain, { kind, size }: (typeof each)[number]) => {
  const make = kinds[kind];
  if (!make) throw new Error(`no such kind: ${kind}`);
  return make(domain, size);
};

describe.each(each)("begun without its SHA-256, an upload ($kind, $size bytes)", (one) => {
  test("is published by what its completion brings, which is never another", async () => {
    const domain = await openDomain();
    const given = await caseOf(domain, one);
    const { ctx, bytes } = given;
    const { upload, parts } = await sent(given);
    const hash = sha256(bytes);
    const done = await completed(domain, ctx, upload.id, parts, hash);
    expect(done).toMatchObject({ state: "ready", size: bytes.length });
    expect(await completeUpload(domain.isolate(), upload.id, parts, hash)).toEqual(done);
    expect(await completeUpload(domain.isolate(), upload.id, parts)).toEqual(done);
    await expect(completeUpload(ctx, upload.id, parts, sha256(content(1)))).rejects.toMatchObject({
      code: "CHECKSUM_CONFLICT",
    });
    expect(await published(domain)).toEqual([{ sha256: hash, size: bytes.length }]);
    await domain.untilQuiet();
    expect(domain.fake.objects().size).toBe(1);
    expect(await domain.rows("SELECT bytes FROM usage WHERE category = 'reserved'")).toEqual([{ bytes: 0 }]);
  });

  test("is not taken without one, and waits for it", async () => {
    const domain = await openDomain();
    const given = await caseOf(domain, one);
    const { upload, parts } = await sent(given);
    await expect(completeUpload(given.ctx, upload.id, parts)).rejects.toMatchObject({
      code: "MISSING_PARAMETER",
      params: { field: "sha256" },
    });
    expect(await uploadRow(domain, upload.id)).toMatchObject({ state: "pending" });
    const done = await completed(domain, given.ctx, upload.id, parts, sha256(given.bytes));
    expect(done).toMatchObject({ state: "ready" });
  });

  test("is rejected with the SHA-256 of other bytes, and leaves nothing", async () => {
    const domain = await openDomain();
    const given = await caseOf(domain, one);
    const { upload, parts } = await sent(given);
    const wrong = sha256(content(1));
    const refused = { code: "CHECKSUM_MISMATCH" };
    await expect(completed(domain, given.ctx, upload.id, parts, wrong)).rejects.toMatchObject(refused);
    await expect(completeUpload(given.ctx, upload.id, parts, sha256(given.bytes))).rejects.toMatchObject({
      code: "CHECKSUM_CONFLICT",
    });
    expect(await published(domain)).toEqual([]);
    await domain.untilQuiet();
    expect(domain.fake.objects().size).toBe(0);
    expect(await domain.rows("SELECT sum(bytes) AS bytes FROM usage")).toEqual([{ bytes: 0 }]);
  });

  test("with it, takes the same once more and no other", async () => {
    const domain = await openDomain();
    const given = await caseOf(domain, one);
    const hash = sha256(given.bytes);
    const { upload, parts } = await sent(given, { sha256: hash });
    await expect(completeUpload(given.ctx, upload.id, parts, sha256(content(1)))).rejects.toMatchObject({
      code: "CHECKSUM_CONFLICT",
    });
    expect(await uploadRow(domain, upload.id)).toMatchObject({ state: "pending" });
    const done = await completed(domain, given.ctx, upload.id, parts, hash);
    expect(done).toMatchObject({ state: "ready" });
  });
});

const withoutHash = (bytes: Uint8Array, fields: Record<string, unknown> = {}) => ({
  ...declaration(bytes, fields),
  sha256: undefined,
});

describe.each([SMALL, LARGE])("a package of %i bytes, begun without its SHA-256", (size) => {
  test("is refused for a place that is taken; with it, the same bytes are what is there", async () => {
    const domain = await openDomain();
    const bytes = content(size);
    await publishPackage(domain, {}, bytes);
    for (const other of [bytes, content(size)]) {
      await expect(createUpload(domain.ctx, withoutHash(other))).rejects.toMatchObject({
        code: "PACKAGE_EXISTS",
      });
    }
    expect(await createUpload(domain.ctx, declaration(bytes))).toMatchObject({ state: "ready" });
    expect(domain.fake.uploads().size).toBe(0);
  });

  test.each([{}, { package_type: "hotfix" }])(
    "is what is there, where the same bytes came to its place meanwhile (%o)",
    async (fields) => {
      const domain = await openDomain();
      const bytes = content(size);
      const { upload, parts } = await sent({
        ctx: domain.ctx,
        bytes,
        described: withoutHash(bytes, fields),
      });
      const result = await publishPackage(domain, fields, bytes);
      const done = await completed(domain, domain.ctx, upload.id, parts, sha256(bytes));
      expect(done).toMatchObject({ state: "ready", result });
      await expect(completeUpload(domain.ctx, upload.id, parts, sha256(content(1)))).rejects.toMatchObject({
        code: "CHECKSUM_CONFLICT",
      });
      expect(await domain.rows("SELECT id FROM packages")).toHaveLength(1);
      await domain.untilQuiet();
      await expectAllInOrder(domain);
    },
  );

  test("is one upload for one idempotency key; the key with a SHA-256 is another request", async () => {
    const domain = await openDomain();
    const bytes = content(size);
    const input = { ...withoutHash(bytes), idempotencyKey: "build-1" };
    const { id } = await createUpload(domain.ctx, input);
    expect(await createUpload(domain.isolate(), input)).toMatchObject({ id });
    const declared = { ...declaration(bytes), idempotencyKey: "build-1" };
    await expect(createUpload(domain.ctx, declared)).rejects.toMatchObject({ code: "IDEMPOTENCY_CONFLICT" });
  });

  test("completed by many at once is published once, by the first one's SHA-256", async () => {
    const domain = await openDomain();
    const bytes = content(size);
    const { upload, parts } = await sent({ ctx: domain.ctx, bytes, described: withoutHash(bytes) });
    const hashes = [sha256(bytes), sha256(content(1)), sha256(bytes), sha256(content(1))];
    const outcomes = await Promise.allSettled(
      hashes.map((hash) => completeUpload(domain.isolate(), upload.id, parts, hash)),
    );
    await domain.settle();
    const [row] = await domain.rows<{ sha256: string; state: string }>("SELECT sha256, state FROM uploads");
    expect(row?.state).toBe(row?.sha256 === sha256(bytes) ? "ready" : "rejected");
    for (const [index, outcome] of outcomes.entries()) {
      if (hashes[index] === row?.sha256) continue;
      expect(outcome).toMatchObject({ status: "rejected", reason: { code: "CHECKSUM_CONFLICT" } });
    }
    await domain.untilQuiet();
    await expectAllInOrder(domain);
  });
});

test("what never brings its SHA-256 expires, and leaves nothing", async () => {
  const domain = await openDomain();
  const bytes = content(LARGE);
  await sent({ ctx: domain.ctx, bytes, described: withoutHash(bytes) });
  await domain.untilQuiet();
  expect(await domain.rows("SELECT state, sha256 FROM uploads")).toEqual([
    { state: "expired", sha256: null },
  ]);
  await expectAllInOrder(domain);
});

test("parts that a SHA-256 was declared for keep it in their object's name, others do without", async () => {
  const domain = await openDomain();
  const [declared, later] = [content(LARGE), content(LARGE)];
  const first = await sentUpload(domain, declared);
  expect(first.upload.objectKey).toMatch(new RegExp(`^objects/${sha256(declared)}/${first.upload.id}/`));
  const second = await createUpload(domain.ctx, withoutHash(later, { version: "2.0.0" }));
  expect(second.objectKey).toMatch(new RegExp(`^objects/${second.id}/`));
});

test.each(["fails after", "dies before"] as const)(
  "when any call of the completion that brings the SHA-256 %s, repeating it publishes once",
  async (mode) => {
    const calls = await atEveryCall(async (at) => {
      const domain = await openDomain({ copyPartBytes: 16 * KIB });
      const bytes = content(LARGE);
      const { upload, parts } = await sent({ ctx: domain.ctx, bytes, described: withoutHash(bytes) });
      const fault = failingAt(domain.deps, at, mode);
      const complete = (ctx: Ctx) => completeUpload(ctx, upload.id, parts, sha256(bytes));
      await complete(domain.isolate(fault.deps)).catch(() => undefined);
      await domain.settle();

      domain.advance(2 * 60_000);
      await complete(domain.isolate());
      await domain.untilQuiet();
      expect(await uploadRow(domain, upload.id), `call ${at}`).toMatchObject({ state: "ready" });
      expect(await domain.rows("SELECT upload_id FROM packages")).toEqual([{ upload_id: upload.id }]);
      await expectAllInOrder(domain);
      return fault.reached();
    });
    expect(calls).toBeGreaterThan(6);
  },
);
