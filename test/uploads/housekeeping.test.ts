import { describe, expect, test, vi } from "vitest";
import { runJob } from "../../functions/core/jobs.ts";
import { abortUpload } from "../../functions/uploads/abort-upload.ts";
import { completeUpload } from "../../functions/uploads/complete-upload.ts";
import { createUpload } from "../../functions/uploads/create-upload.ts";
import { collectGarbage } from "../../functions/uploads/index.ts";
import { writtenKey } from "../../functions/uploads/publishing/objects.ts";
import type { Upload } from "../../functions/uploads/uploads.ts";
import { advanceVerification } from "../../functions/uploads/verification/verify-upload.ts";
import { useDomain, type Domain } from "../support/domain.ts";
import { atEveryCall, failingAt } from "../support/domain/faults.ts";
import { expectAllInOrder, expectTotalsRight } from "../support/domain/invariants.ts";
import {
  acceptedUpload,
  content,
  declaration,
  publishPackage,
  sentUpload,
  uploadRow,
} from "../support/domain/packages.ts";

vi.mock("../../functions/uploads/policy.ts", async (original) => {
  const { smallSizes } = await import("../support/domain/small-sizes.ts");
  return smallSizes(await original());
});
vi.setConfig({ testTimeout: 120_000 });

const TEN_MINUTES = "*/10 * * * *";
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const type = { contentType: "application/zip" };

const openDomain = useDomain();

const version = (number: number) => ({ version: `1.0.${number}` });
const objectKeys = (domain: Domain) => [...domain.fake.objects().keys()].toSorted();
const deletePackages = (domain: Domain) => domain.rows("DELETE FROM packages");
const reserved = (domain: Domain) => domain.rows("SELECT bytes FROM usage WHERE category = 'reserved'");

describe("verifying", () => {
  test("a slow upload holds up neither others nor the next run", async () => {
    const domain = await openDomain();
    const slow = await acceptedUpload(domain, content(40_000), version(0));
    const others: Upload[] = [];
    for (let n = 1; n <= 6; n++) others.push(await acceptedUpload(domain, content(40_000), version(n)));
    const { storage } = domain.deps;
    const entered = Promise.withResolvers<void>();
    const goOn = Promise.withResolvers<void>();
    const get: typeof storage.get = async (key, options) => {
      if (key === writtenKey(slow)) {
        entered.resolve();
        await goOn.promise;
      }
      return storage.get(key, options);
    };
    const tick = domain.cron("* * * * *", { storage: { ...storage, get } });
    await entered.promise;
    await vi.waitFor(async () => {
      for (const { id } of others) expect(await uploadRow(domain, id)).toMatchObject({ state: "ready" });
    });
    const late = await acceptedUpload(domain, content(40_000), version(7));
    await domain.cron("* * * * *");
    expect(await uploadRow(domain, late.id)).toMatchObject({ state: "ready" });
    expect(await uploadRow(domain, slow.id)).toMatchObject({ state: "verifying" });
    goOn.resolve();
    await tick;
    expect(await uploadRow(domain, slow.id)).toMatchObject({ state: "ready" });
  });

  test("a run that is told to stop gives its upload back for the next one", async () => {
    const domain = await openDomain();
    const upload = await acceptedUpload(domain, content(400_000));
    const ctx = domain.isolate();
    let asked = 0;
    await advanceVerification({ ...ctx, mayGoOn: () => ++asked < 3 }, upload.id, Infinity);
    expect(await uploadRow(domain, upload.id)).toMatchObject({ state: "verifying", lease_holder: null });
    await advanceVerification(domain.isolate(), upload.id, Infinity);
    expect(await uploadRow(domain, upload.id)).toMatchObject({ state: "ready" });
  });
});

describe("garbage collection", () => {
  test("deletes an object a day after its last reference went, and not before", async () => {
    const domain = await openDomain();
    await publishPackage(domain);
    await deletePackages(domain);
    await expectTotalsRight(domain);
    domain.advance(DAY_MS - MINUTE_MS);
    await domain.cron(TEN_MINUTES);
    expect(objectKeys(domain)).toHaveLength(1);
    domain.advance(2 * MINUTE_MS);
    await domain.cron(TEN_MINUTES);
    expect(objectKeys(domain)).toEqual([]);
    await expectAllInOrder(domain);
  });

  test("keeps an object that was published again meanwhile, from then on as long as any", async () => {
    const domain = await openDomain();
    const bytes = content(1000);
    await publishPackage(domain, {}, bytes);
    await deletePackages(domain);
    domain.advance(DAY_MS - MINUTE_MS);
    await publishPackage(domain, {}, bytes);
    domain.advance(2 * MINUTE_MS);
    await domain.cron(TEN_MINUTES);
    expect(objectKeys(domain)).toHaveLength(1);
    await domain.untilQuiet();
    expect(objectKeys(domain)).toHaveLength(1);
    await expectAllInOrder(domain);
  });

  test.each(["dies before", "dies after"] as const)(
    "when any of its calls %s, a later run ends it",
    async (mode) => {
      const calls = await atEveryCall(async (at) => {
        const domain = await openDomain();
        for (const n of [1, 2]) await publishPackage(domain, version(n));
        await domain.rows("DELETE FROM packages WHERE id = (SELECT min(id) FROM packages)");
        domain.advance(DAY_MS + MINUTE_MS);
        const fault = failingAt(domain.deps, at, mode);
        const ctx = domain.isolate(fault.deps, { type: "system" });
        await runJob(ctx, "collect-garbage", collectGarbage).catch(() => undefined);
        await domain.settle();
        await domain.untilQuiet();
        expect(await domain.rows("SELECT id FROM packages"), `call ${at}`).toHaveLength(1);
        await expectAllInOrder(domain);
        return fault.reached();
      });
      expect(calls).toBeGreaterThan(5);
    },
  );

  test("two runs at once delete each object once and no other", async () => {
    const domain = await openDomain();
    for (const n of [1, 2, 3]) await publishPackage(domain, version(n));
    await domain.rows("DELETE FROM packages WHERE id <> (SELECT min(id) FROM packages)");
    domain.advance(DAY_MS + MINUTE_MS);
    await Promise.all([domain.cron(TEN_MINUTES), domain.cron(TEN_MINUTES)]);
    expect(objectKeys(domain)).toHaveLength(1);
    await expectAllInOrder(domain);
  });
});

test("more objects than are read at once are collected in one run", async () => {
  const domain = await openDomain();
  await domain.rows(`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 220)
    INSERT INTO blobs (object_key, category, size, sha256, sha1, sha512, md5, state, refs, released_at, created_at)
    SELECT 'objects/' || i, 'full', 1, printf('%064d', i), '', '', '', 'live', 0, 1, 1 FROM n`);
  await domain.cron(TEN_MINUTES);
  expect(await domain.rows("SELECT id FROM blobs")).toEqual([]);
});

describe("uploads that were never completed", () => {
  test("expire after their time: multipart uploads are aborted and the quota comes back", async () => {
    const domain = await openDomain();
    const small = await sentUpload(domain, content(1000), version(1));
    const large = await createUpload(domain.ctx, declaration(content(40_000), version(2)));
    domain.advance(DAY_MS - MINUTE_MS);
    await domain.cron(TEN_MINUTES);
    expect(await reserved(domain)).toEqual([{ bytes: 41_000 }]);
    domain.advance(2 * MINUTE_MS);
    await domain.cron(TEN_MINUTES);
    for (const { id } of [small.upload, large])
      expect(await uploadRow(domain, id)).toMatchObject({ state: "expired", reserved_bytes: 0 });
    expect(await reserved(domain)).toEqual([{ bytes: 0 }]);
    expect(domain.fake.uploads().size).toBe(0);
    expect(objectKeys(domain)).toEqual([]);
    await expect(completeUpload(domain.ctx, large.id, [])).rejects.toMatchObject({ code: "UPLOAD_EXPIRED" });
  });

  test("more of them than are read at once end in one run, and are swept in one", async () => {
    const domain = await openDomain();
    const made = Array.from({ length: 220 }, (_, n) =>
      createUpload(domain.ctx, declaration(content(10), version(n))),
    );
    await Promise.all(made);
    domain.advance(DAY_MS + MINUTE_MS);
    await domain.cron(TEN_MINUTES);
    expect(await domain.rows("SELECT id FROM uploads WHERE state = 'pending'")).toEqual([]);
    await expectTotalsRight(domain);

    domain.advance(HOUR_MS + MINUTE_MS);
    const before = await domain.rows("SELECT id FROM uploads WHERE staged");
    expect(before).toHaveLength(220);
    domain.fake.fail({ operation: "DeleteObject", kind: "500", times: 4 });
    await domain.cron(TEN_MINUTES);
    // The first batch was not finished, and would be the next one again.
    expect(await domain.rows("SELECT id FROM uploads WHERE staged")).toHaveLength(121);
    await domain.cron(TEN_MINUTES);
    expect(await domain.rows("SELECT id FROM uploads WHERE staged")).toEqual([]);
  });

  test("can be aborted before, which frees all at once", async () => {
    const domain = await openDomain();
    const { upload, parts } = await sentUpload(domain, content(40_000));
    expect(await abortUpload(domain.ctx, upload.id)).toMatchObject({ state: "aborted" });
    expect(await abortUpload(domain.ctx, upload.id)).toMatchObject({ state: "aborted" });
    expect(await reserved(domain)).toEqual([{ bytes: 0 }]);
    expect(domain.fake.uploads().size).toBe(0);
    await expect(completeUpload(domain.ctx, upload.id, parts)).rejects.toMatchObject({
      code: "UPLOAD_STATE_CONFLICT",
    });
  });

  test("a published one cannot be aborted", async () => {
    const domain = await openDomain();
    await publishPackage(domain);
    const [row] = await domain.rows<{ id: string }>("SELECT id FROM uploads");
    await expect(abortUpload(domain.ctx, row?.id ?? "")).rejects.toMatchObject({
      code: "UPLOAD_STATE_CONFLICT",
    });
    await domain.untilQuiet();
    await expectAllInOrder(domain);
  });
});

describe("sweeping what was staged", () => {
  test("deletes bytes that came after the end, once no URL can bring more", async () => {
    const domain = await openDomain();
    const { upload } = await sentUpload(domain, content(1000));
    await abortUpload(domain.ctx, upload.id);
    await domain.deps.storage.put(writtenKey(upload), content(1000), type);
    domain.advance(HOUR_MS - MINUTE_MS);
    await domain.cron(TEN_MINUTES);
    expect(objectKeys(domain)).toEqual([writtenKey(upload)]);
    domain.advance(2 * MINUTE_MS);
    await domain.cron(TEN_MINUTES);
    expect(objectKeys(domain)).toEqual([]);
  });

  test.each(["DeleteObject", "AbortMultipartUpload"] as const)(
    "goes on until the bucket, which fails %s at first, has deleted them",
    async (operation) => {
      const domain = await openDomain();
      const { upload } = await sentUpload(domain, content(40_000));
      if (operation === "DeleteObject") await domain.deps.storage.put(writtenKey(upload), content(10), type);
      // The end of the upload and the first sweep, four tries each.
      domain.fake.fail({ operation, kind: "500", times: 8 });
      await abortUpload(domain.ctx, upload.id);
      domain.advance(HOUR_MS + MINUTE_MS);
      await domain.cron(TEN_MINUTES);
      await domain.untilQuiet();
      expect(objectKeys(domain)).toEqual([]);
      expect(domain.fake.uploads().size).toBe(0);
    },
  );

  test("forgets an ended upload 30 days after its end; its package stays", async () => {
    const domain = await openDomain();
    await publishPackage(domain);
    domain.advance(HOUR_MS + MINUTE_MS);
    await domain.cron(TEN_MINUTES);
    domain.advance(29 * DAY_MS);
    await domain.cron(TEN_MINUTES);
    expect(await domain.rows("SELECT id FROM uploads")).toHaveLength(1);
    domain.advance(DAY_MS);
    await domain.cron(TEN_MINUTES);
    expect(await domain.rows("SELECT id FROM uploads")).toEqual([]);
    expect(await domain.rows("SELECT id FROM packages")).toHaveLength(1);
    await expectAllInOrder(domain);
  });

  test("deletes staged objects that belong to nobody when they are old, and keeps those in work", async () => {
    const domain = await openDomain();
    const { storage } = domain.deps;
    const { upload } = await sentUpload(domain, content(1000));
    await domain.rows(`UPDATE uploads SET state = 'verifying', lease_until = 9e15`);
    await storage.put("staging/upl_of_nobody", content(10), type);
    await domain.cron("17 3 * * *");
    expect(objectKeys(domain)).toHaveLength(2);
    domain.advance(2 * DAY_MS + MINUTE_MS);
    await domain.cron("17 3 * * *");
    expect(objectKeys(domain)).toEqual([writtenKey(upload)]);
  });
});

describe("a verification that fails again and again", () => {
  test("does not keep later uploads from being published", async () => {
    const domain = await openDomain();
    const broken = await acceptedUpload(domain, content(1000), version(1));
    const sound = await acceptedUpload(domain, content(1000), version(2));
    const { storage } = domain.deps;
    const get: typeof storage.get = (key, options) =>
      key === writtenKey(broken) ? Promise.reject(new Error("broken")) : storage.get(key, options);
    await domain.cron("* * * * *", { storage: { ...storage, get } });
    expect(await uploadRow(domain, broken.id)).toMatchObject({ state: "verifying" });
    expect(await uploadRow(domain, sound.id)).toMatchObject({ state: "ready" });
  });

  test("ends a day after the upload's own time, and gives its bytes back", async () => {
    const domain = await openDomain();
    const upload = await acceptedUpload(domain, content(1000));
    domain.advance(2 * DAY_MS - MINUTE_MS);
    await domain.cron(TEN_MINUTES);
    expect(await uploadRow(domain, upload.id)).toMatchObject({ state: "verifying" });
    domain.advance(2 * MINUTE_MS);
    await domain.cron(TEN_MINUTES);
    expect(await uploadRow(domain, upload.id)).toMatchObject({ state: "expired" });
    expect(await reserved(domain)).toEqual([{ bytes: 0 }]);
    expect(objectKeys(domain)).toEqual([]);
  });
});
