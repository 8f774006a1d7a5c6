import { createHash } from "node:crypto";
import { describe, expect, test, vi } from "vitest";
import type { Storage } from "../../functions/storage/storage.ts";
import { takeFurtherDigests } from "../../functions/uploads/index.ts";
import { useDomain, type Domain } from "../support/domain.ts";
import { expectAllInOrder } from "../support/domain/invariants.ts";
import { content, publishPackage } from "../support/domain/packages.ts";

vi.mock("../../functions/uploads/policy.ts", async (original) => {
  const { smallSizes } = await import("../support/domain/small-sizes.ts");
  return smallSizes(await original());
});
vi.setConfig({ testTimeout: 60_000 });

const KIB = 1024;
const SLICE = 16 * KIB;
const EVERY_MINUTE = "* * * * *";

const openDomain = useDomain();

const hashes = (domain: Domain) =>
  domain.rows("SELECT sha256, sha1, sha512, digests_due FROM blobs ORDER BY id");
const due = (bytes: Uint8Array) => ({ ...taken(bytes), sha1: "", sha512: "", digests_due: 1 });
function taken(bytes: Uint8Array) {
  const digest = (name: string) => createHash(name).update(bytes).digest("hex");
  return { sha256: digest("sha256"), sha1: digest("sha1"), sha512: digest("sha512"), digests_due: 0 };
}

describe("the hashes that packages' clients ask for", () => {
  test("are there at once of what is verified in its request", async () => {
    const domain = await openDomain();
    const bytes = content(10 * KIB);
    await publishPackage(domain, {}, bytes);
    expect(await hashes(domain)).toEqual([taken(bytes)]);
  });

  test("follow by cron for what is published without waiting for them", async () => {
    const domain = await openDomain();
    const bytes = content(100 * KIB);
    await publishPackage(domain, {}, bytes);
    expect(await hashes(domain)).toEqual([due(bytes)]);
    await domain.cron(EVERY_MINUTE);
    expect(await hashes(domain)).toEqual([taken(bytes)]);
    await domain.untilQuiet();
    await expectAllInOrder(domain);
  });

  test("follow at once where no platform ends the work behind an answer", async () => {
    const domain = await openDomain({ settings: { BACKGROUND_SECONDS: "86400" } });
    const bytes = content(100 * KIB);
    await publishPackage(domain, {}, bytes);
    await domain.settle();
    expect(await hashes(domain)).toEqual([taken(bytes)]);
  });

  test("are taken in slices where a pass would not end in time, each run going on where the last one stopped", async () => {
    const domain = await openDomain();
    const bytes = content(40 * SLICE);
    await publishPackage(domain, {}, bytes);
    let cursor: string | null = null;
    let runs = 0;
    do {
      let now = domain.deps.clock();
      const slow = domain.isolate({ clock: () => (now += 1500) });
      cursor = await takeFurtherDigests(slow, cursor, SLICE);
      runs++;
    } while (cursor !== null && runs < 40);
    expect(runs).toBeGreaterThan(2);
    expect(await hashes(domain)).toEqual([taken(bytes)]);
  });

  test("of an object that cannot be read hold up no other", async () => {
    const domain = await openDomain();
    const [lost, found] = [content(100 * KIB), content(101 * KIB)];
    await publishPackage(domain, { version: "1.0.0" }, lost);
    await publishPackage(domain, { version: "1.0.1" }, found);
    const [first] = await domain.rows<{ object_key: string }>("SELECT object_key FROM blobs ORDER BY id");
    const { storage } = domain.deps;
    const get: Storage["get"] = (key, options) =>
      key === first?.object_key ? Promise.resolve(null) : storage.get(key, options);
    await domain.cron(EVERY_MINUTE, { storage: { ...storage, get } });
    expect(await hashes(domain)).toEqual([due(lost), taken(found)]);
    await domain.cron(EVERY_MINUTE);
    expect(await hashes(domain)).toEqual([taken(lost), taken(found)]);
  });
});
