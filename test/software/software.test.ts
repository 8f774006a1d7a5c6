import { describe, expect, test, vi } from "vitest";
import type { Ctx, UserActor } from "../../functions/core/context.ts";
import { createDatabase } from "../../functions/core/database/database.ts";
import { checkLegality, checkUpdate } from "../../functions/software/checks.ts";
import {
  createSoftware,
  deleteSoftware,
  listSoftware,
  updateSoftware,
} from "../../functions/software/software.ts";
import {
  createVersion,
  deleteVersion,
  listVersions,
  updateVersion,
} from "../../functions/software/versions.ts";
import { getStorageStats } from "../../functions/packages/storage/get-storage-stats.ts";
import { useDomain, type Domain } from "../support/domain.ts";
import { startDatabaseProxy } from "../support/domain/database-proxy.ts";
import { expectAllInOrder, expectTotalsRight } from "../support/domain/invariants.ts";
import { publishPackage } from "../support/domain/packages.ts";

vi.setConfig({ testTimeout: 60_000 });

const openDomain = useDomain();
const noKey = () => undefined;
const admin: UserActor = { type: "user", id: "usr_1", username: "admin", role: "admin", sessionKey: "s" };
const paging = { page: 1, size: 10 };

/** An administrator whose every round trip to the database is counted. */
async function counted(domain: Domain, work: (ctx: Ctx, trips: () => number) => Promise<void>) {
  const { LIBSQL_URL, LIBSQL_AUTH_TOKEN } = domain.deps.config;
  const proxy = await startDatabaseProxy(LIBSQL_URL);
  try {
    const db = createDatabase({ url: proxy.url, authToken: LIBSQL_AUTH_TOKEN });
    let before = 0;
    await work(domain.isolate({ db }, admin), () => {
      const trips = proxy.bodies.length - before;
      before = proxy.bodies.length;
      return trips;
    });
  } finally {
    await proxy.stop();
  }
}

describe("round trips", () => {
  test("every change and list is one", async () => {
    const domain = await openDomain();
    await counted(domain, async (ctx, trips) => {
      const { akey } = await createSoftware(ctx, { name: "One", description: "" });
      expect(trips()).toBe(1);
      await updateSoftware(ctx, akey, { name: "Two" });
      expect(trips()).toBe(1);
      await listSoftware(ctx, paging);
      expect(trips()).toBe(1);
      const { vkey } = await createVersion(ctx, akey, { version: "1.0.0", description: "" });
      expect(trips()).toBe(1);
      await updateVersion(ctx, vkey, { version: "v1", is_latest: true });
      expect(trips()).toBe(1);
      await listVersions(ctx, akey, paging);
      expect(trips()).toBe(1);
      await deleteVersion(ctx, vkey);
      expect(trips()).toBe(1);
      await deleteSoftware(ctx, akey);
      expect(trips()).toBe(1);
    });
  });

  test("a check is one, or none while the isolate remembers", async () => {
    const domain = await openDomain();
    await counted(domain, async (ctx, trips) => {
      const { akey } = await createSoftware(ctx, { name: "One", description: "" });
      const { vkey } = await createVersion(ctx, akey, { version: "1.0.0", description: "" });
      trips();
      expect(await checkLegality(ctx, { akey, vkey })).toMatchObject({ legal: true });
      expect(trips()).toBe(1);
      const many = await Promise.all(Array.from({ length: 20 }, () => checkLegality(ctx, { akey, vkey })));
      expect(many.every(({ legal }) => legal)).toBe(true);
      expect(trips()).toBe(0);
      await checkUpdate(ctx, { akey, vkey }, noKey);
      expect(trips()).toBe(0);
      await checkLegality(ctx, { akey, vkey: "unknown" });
      await checkLegality(ctx, { akey, vkey: "unknown" });
      expect(trips()).toBe(2);
      domain.advance(5_001);
      await checkUpdate(ctx, { akey, vkey }, noKey);
      expect(trips()).toBe(1);
    });
  });
});

describe("another isolate", () => {
  test("sees a deletion within seconds and a new pair at once", async () => {
    const domain = await openDomain();
    const [here, there] = [domain.isolate({}, admin), domain.isolate({}, admin)];
    const { akey } = await createSoftware(here, { name: "One", description: "" });
    const first = await createVersion(here, akey, { version: "1.0.0", description: "" });
    expect(await checkLegality(there, { akey, vkey: "later" })).toMatchObject({ legal: false });
    const keys = { akey, vkey: first.vkey };
    expect(await checkLegality(there, keys)).toMatchObject({ legal: true });
    const second = await createVersion(here, akey, { version: "1.1.0", description: "" });
    expect(await checkLegality(there, { akey, vkey: second.vkey })).toMatchObject({ legal: true });
    await deleteVersion(here, first.vkey);
    domain.advance(5_001);
    expect(await checkLegality(there, keys)).toMatchObject({ legal: false });
  });
});

describe("deleted software", () => {
  test("gives its storage back at once and its objects after the grace period", async () => {
    const domain = await openDomain();
    const ctx = domain.isolate({}, admin);
    const { akey } = await createSoftware(ctx, { name: "光影", description: "" });
    await publishPackage(domain, { software: akey, version: "1.0.0" });
    await publishPackage(domain, { software: akey, version: "1.1.0" });
    await publishPackage(domain, { software: "other", version: "1.0.0" });
    const used = async () => (await getStorageStats(domain.ctx, noKey)).stats.full_packages_size;
    expect(await used()).toBe(3000);
    await deleteSoftware(ctx, akey);
    expect(await used()).toBe(1000);
    await expectTotalsRight(domain);
    await domain.untilQuiet();
    await expectAllInOrder(domain);
    expect(domain.fake.objects().size).toBe(1);
  });
});

describe("the audit", () => {
  test("has a row for every change and none for what changed nothing", async () => {
    const domain = await openDomain();
    const ctx = domain.isolate({}, admin);
    const { akey } = await createSoftware(ctx, { name: "One", description: "" });
    await updateSoftware(ctx, akey, { description: "told" });
    const { vkey } = await createVersion(ctx, akey, { version: "1", description: "" });
    await updateVersion(ctx, vkey, { is_latest: false });
    await deleteVersion(ctx, vkey);
    await deleteSoftware(ctx, akey);
    for (const nothing of [
      () => updateSoftware(ctx, akey, {}),
      () => deleteSoftware(ctx, akey),
      () => createVersion(ctx, akey, { version: "1", description: "" }),
      () => updateVersion(ctx, vkey, { is_latest: true }),
      () => deleteVersion(ctx, vkey),
    ]) {
      await expect(nothing()).rejects.toThrow(/NOT_FOUND/);
    }
    const rows = await domain.rows("SELECT actor, action, target FROM audit ORDER BY id");
    expect(rows).toEqual([
      { actor: "usr_1", action: "software.create", target: akey },
      { actor: "usr_1", action: "software.update", target: akey },
      { actor: "usr_1", action: "version.create", target: akey },
      { actor: "usr_1", action: "version.update", target: vkey },
      { actor: "usr_1", action: "version.delete", target: vkey },
      { actor: "usr_1", action: "software.delete", target: akey },
    ]);
  });
});
