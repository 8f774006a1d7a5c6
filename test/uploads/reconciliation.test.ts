import { describe, expect, test, vi } from "vitest";
import type { Storage } from "../../functions/storage/storage.ts";
import { completeUpload } from "../../functions/uploads/complete-upload.ts";
import { reconcileObjects } from "../../functions/uploads/index.ts";
import { useDomain, type Domain } from "../support/domain.ts";
import { expectAllInOrder, expectPackagesServed, expectTotalsRight } from "../support/domain/invariants.ts";
import { content, publishPackage, sentUpload } from "../support/domain/packages.ts";

vi.setConfig({ testTimeout: 120_000 });

const DAILY = "17 3 * * *";
const EVERY_TEN_MINUTES = "*/10 * * * *";
const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const type = { contentType: "application/zip" };

const openDomain = useDomain();

const version = (number: number) => ({ version: `1.0.${number}` });
const objectKeys = (domain: Domain) => [...domain.fake.objects().keys()].toSorted();
const logged = (domain: Domain, event: string) =>
  domain.logs.filter((line) => line.event === event).map((line) => line.fields);

describe("totals", () => {
  test("that are wrong are set right, and said to have been", async () => {
    const domain = await openDomain();
    await publishPackage(domain, version(1), content(1000));
    await sentUpload(domain, content(500), version(2));
    await domain.rows("UPDATE usage SET bytes = 7 WHERE category IN ('full', 'reserved')");
    await domain.cron(DAILY);
    await expectTotalsRight(domain);
    expect(logged(domain, "running total set right")).toEqual([
      { category: "full", bytes: 7, total: 1000 },
      { category: "reserved", bytes: 7, total: 500 },
    ]);
  });

  test("that are right are left alone", async () => {
    const domain = await openDomain();
    await publishPackage(domain);
    await domain.cron(DAILY);
    expect(domain.logs.filter((line) => line.level !== "info")).toEqual([]);
  });

  test.each([0, 5])("a reference count of %i where there is one reference is set right", async (refs) => {
    const domain = await openDomain();
    await publishPackage(domain);
    await domain.rows({ sql: "UPDATE blobs SET refs = ?", args: [refs] });
    await domain.cron(DAILY);
    await expectTotalsRight(domain);
    expect(logged(domain, "reference count set right")).toMatchObject([{ refs, counted: 1 }]);
    await domain.untilQuiet();
    await expectPackagesServed(domain);
    await expectAllInOrder(domain);
  });

  test("a blob that was held by nothing but a wrong count is collected in the end", async () => {
    const domain = await openDomain();
    await publishPackage(domain);
    await domain.rows("UPDATE blobs SET refs = 2");
    await domain.rows("DELETE FROM packages");
    await domain.cron(DAILY);
    await expectTotalsRight(domain);
    await domain.untilQuiet();
    expect(objectKeys(domain)).toEqual([]);
    await expectAllInOrder(domain);
  });
});

describe("objects", () => {
  test("without a row are deleted once they are a day old", async () => {
    const domain = await openDomain();
    await publishPackage(domain);
    const kept = objectKeys(domain);
    await domain.deps.storage.put("objects/abc/orphan.zip", content(10), type);
    await domain.cron(DAILY);
    expect(objectKeys(domain)).toHaveLength(2);
    domain.advance(DAY_MS + MINUTE_MS);
    await domain.cron(DAILY);
    await domain.cron(EVERY_TEN_MINUTES);
    expect(objectKeys(domain)).toEqual(kept);
    expect(logged(domain, "objects reconciled").at(-1)).toEqual({ seen: 2, missing: 0, orphaned: 1 });
  });

  test("with a row are never deleted, however many pages they fill", async () => {
    const domain = await openDomain({ pageSize: 2 });
    for (let n = 0; n < 7; n++) await publishPackage(domain, version(n));
    const kept = objectKeys(domain);
    await domain.deps.storage.put("objects/000/orphan.zip", content(10), type);
    await domain.deps.storage.put("objects/zzz/orphan.zip", content(10), type);
    domain.advance(2 * DAY_MS);
    await domain.cron(DAILY);
    await domain.cron(EVERY_TEN_MINUTES);
    expect(objectKeys(domain)).toEqual(kept);
    expect(logged(domain, "object missing from the bucket")).toEqual([]);
    expect(logged(domain, "objects reconciled").at(-1)).toEqual({ seen: 9, missing: 0, orphaned: 2 });
  });

  test("that are missing are reported, on whatever page, and nothing is deleted for it", async () => {
    const domain = await openDomain({ pageSize: 2 });
    for (let n = 0; n < 5; n++) await publishPackage(domain, version(n));
    const keys = objectKeys(domain);
    const lost = [keys[0], keys[3]].map(String);
    for (const key of lost) await domain.deps.storage.delete(key);
    domain.advance(2 * DAY_MS);
    await domain.cron(DAILY);
    expect(logged(domain, "object missing from the bucket")).toEqual(lost.map((object) => ({ object })));
    expect(objectKeys(domain)).toEqual(keys.filter((key) => !lost.includes(key)));
  });

  test("in an empty bucket are all reported", async () => {
    const domain = await openDomain();
    await publishPackage(domain);
    const [key] = objectKeys(domain);
    await domain.deps.storage.delete(String(key));
    await domain.cron(DAILY);
    expect(logged(domain, "object missing from the bucket")).toEqual([{ object: key }]);
  });

  test("beyond what one run looks at are reached by the next runs, wherever they run", async () => {
    const domain = await openDomain({ pageSize: 1 });
    for (let n = 0; n < 3; n++) await publishPackage(domain, version(n));
    const kept = objectKeys(domain);
    for (let n = 0; n < 45; n++)
      await domain.deps.storage.put(`objects/${String(n).padStart(3, "0")}/orphan.zip`, content(1), type);
    domain.advance(2 * DAY_MS);
    let cursor = null;
    let runs = 0;
    do {
      cursor = await reconcileObjects(domain.isolate(), cursor);
      runs++;
    } while (cursor !== null && runs < 20);
    expect(runs).toBeGreaterThan(1);
    await domain.cron(EVERY_TEN_MINUTES);
    expect(objectKeys(domain)).toEqual(kept);
    expect(logged(domain, "object missing from the bucket")).toEqual([]);
  });

  test("that are published while the bucket is being listed are not reported as missing", async () => {
    const domain = await openDomain();
    const { storage } = domain.deps;
    const list: Storage["list"] = async (...args) => {
      const page = await storage.list(...args);
      if (args[0] === "objects/") await publishPackage(domain);
      return page;
    };
    await domain.cron(DAILY, { storage: { ...storage, list } });
    expect(logged(domain, "object missing from the bucket")).toEqual([]);
  });

  test("without a row whose bytes are published while they are being deleted are there in the end", async () => {
    const domain = await openDomain();
    const bytes = content(1000);
    await publishPackage(domain, {}, bytes);
    // As after a backup of the database was put back.
    await domain.rows("DELETE FROM packages");
    await domain.rows("DELETE FROM blobs");
    domain.advance(2 * DAY_MS);
    const { upload, parts } = await sentUpload(domain, bytes);
    const { storage } = domain.deps;
    const publishFirst: Storage["delete"] = async (key) => {
      if (key.startsWith("objects/")) await completeUpload(domain.isolate(), upload.id, parts);
      await storage.delete(key);
    };
    const racing = { storage: { ...storage, delete: publishFirst } };
    await domain.cron(DAILY, racing);
    await domain.cron(EVERY_TEN_MINUTES, racing);
    await domain.untilQuiet();
    expect(await domain.rows("SELECT upload_id FROM packages")).toEqual([{ upload_id: upload.id }]);
    await expectPackagesServed(domain);
    await expectAllInOrder(domain);
  });
});
