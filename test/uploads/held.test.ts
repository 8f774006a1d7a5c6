import { describe, expect, test, vi } from "vitest";
import { publishRelease } from "../../functions/packages/releases/publish-release.ts";
import { updateWaitingPackage } from "../../functions/packages/releases/update-waiting-package.ts";
import { rolloutPlan } from "../../functions/rollouts/schemas.ts";
import { completeUpload } from "../../functions/uploads/complete-upload.ts";
import { useDomain, type Domain } from "../support/domain.ts";
import { atEveryCall, failingAt, faultModes } from "../support/domain/faults.ts";
import { expectAllInOrder, expectPackagesServed, expectTotalsRight } from "../support/domain/invariants.ts";
import { content, sentUpload, uploadRow } from "../support/domain/packages.ts";

vi.mock("../../functions/uploads/policy.ts", async (original) => {
  const { smallSizes } = await import("../support/domain/small-sizes.ts");
  return smallSizes(await original());
});
vi.setConfig({ testTimeout: 120_000 });

const DAY_MS = 24 * 3_600_000;
const openDomain = useDomain();

const path = { software: "omega", version: "1.0.0" };
const all = { allow_incomplete: false };
const rolledOut = { ...all, rollout: rolloutPlan.parse({ steps: [{ percent: 5 }] }) };

/** Uploads that are verified and wait for the release of 1.0.0: a staged one, and one that came in parts. */
async function heldUploads(domain: Domain): Promise<string[]> {
  const ids: string[] = [];
  for (const [platform, size] of [
    ["windows", 1000],
    ["linux", 40_000],
  ] as const) {
    const { upload, parts } = await sentUpload(domain, content(size), { platform, draft: true });
    await completeUpload(domain.ctx, upload.id, parts);
    await domain.settle();
    ids.push(upload.id);
  }
  return ids;
}

const statesOf = async (domain: Domain, ids: string[]) =>
  Promise.all(ids.map(async (id) => (await uploadRow(domain, id))?.state));
const packageCount = async (domain: Domain) =>
  (await domain.rows<{ n: number }>("SELECT count(*) AS n FROM packages"))[0]?.n;

/** How much is visible of the release, in words. */
async function counted(domain: Domain): Promise<string> {
  const [rollouts] = await domain.rows<{ n: number }>("SELECT count(*) AS n FROM rollouts");
  return `${await packageCount(domain)} packages, ${rollouts?.n} rollouts`;
}

describe("a held upload", () => {
  test("counts as reserved and keeps its object, however often the bucket is compared with the rows", async () => {
    const domain = await openDomain();
    const ids = await heldUploads(domain);
    expect(await statesOf(domain, ids)).toEqual(["held", "held"]);
    await expectTotalsRight(domain);
    expect(await domain.rows("SELECT bytes FROM usage WHERE category = 'reserved'")).toEqual([
      { bytes: 41_000 },
    ]);
    await domain.untilQuiet();
    await domain.untilQuiet();
    expect(await statesOf(domain, ids)).toEqual(["held", "held"]);
    await publishRelease(domain.ctx, path, all);
    await expectPackagesServed(domain);
    await domain.untilQuiet();
    await expectAllInOrder(domain);
    expect(await packageCount(domain)).toBe(2);
  });

  test("is published as it was said last, also where that was while it was being published", async () => {
    const domain = await openDomain();
    const [id = ""] = await heldUploads(domain);
    const say = (build_number: string) =>
      updateWaitingPackage(domain.ctx, { ...path, upload_id: id }, { build_number });
    await say("1");
    const { db } = domain.deps;
    let isFirst = true;
    const tryWrite: typeof db.tryWrite = async (...batch) => {
      if (isFirst) await say("2");
      isFirst = false;
      return db.tryWrite(...batch);
    };
    await publishRelease(domain.isolate({ db: { ...db, tryWrite } }), path, all);
    const rows = await domain.rows("SELECT build_number FROM packages ORDER BY id");
    expect(rows).toEqual([{ build_number: "2" }, { build_number: null }]);
    await domain.untilQuiet();
    await expectAllInOrder(domain);
  });

  test("waits for 30 days from the last time that something was said of it", async () => {
    const domain = await openDomain();
    const [id = "", other = ""] = await heldUploads(domain);
    domain.advance(20 * DAY_MS);
    await updateWaitingPackage(domain.ctx, { ...path, upload_id: id }, { notes: "new" });
    domain.advance(11 * DAY_MS);
    await domain.cron("*/10 * * * *");
    expect(await statesOf(domain, [id, other])).toEqual(["held", "expired"]);
  });

  test("ends after 30 days without its release, and nothing of it is left", async () => {
    const domain = await openDomain();
    const ids = await heldUploads(domain);
    domain.advance(29 * DAY_MS);
    await domain.cron("*/10 * * * *");
    expect(await statesOf(domain, ids)).toEqual(["held", "held"]);
    domain.advance(2 * DAY_MS);
    await domain.cron("*/10 * * * *");
    expect(await statesOf(domain, ids)).toEqual(["expired", "expired"]);
    await domain.untilQuiet();
    await expectAllInOrder(domain);
    expect(domain.fake.objects().size).toBe(0);
  });
});

describe.each(faultModes)("publishing a release, when a call %s", (mode) => {
  test("publishes all of it with its rollout or nothing, and once when it is repeated", async () => {
    const calls = await atEveryCall(async (at) => {
      const domain = await openDomain();
      await heldUploads(domain);
      const { deps, reached } = failingAt(domain.deps, at, mode);
      await publishRelease(domain.isolate(deps), path, rolledOut).catch(() => undefined);
      await domain.settle();
      expect(["0 packages, 0 rollouts", "2 packages, 1 rollouts"]).toContain(await counted(domain));
      await publishRelease(domain.isolate(), path, rolledOut).catch((error: { code?: string }) =>
        expect(error.code).toBe("RELEASE_EMPTY"),
      );
      expect(await counted(domain)).toBe("2 packages, 1 rollouts");
      await domain.untilQuiet();
      await expectAllInOrder(domain);
      return reached();
    });
    expect(calls).toBeGreaterThan(2);
  });
});

describe("holding, when a call dies", () => {
  test("leaves an upload that the next run holds", async () => {
    await atEveryCall(async (at) => {
      const domain = await openDomain();
      const { upload, parts } = await sentUpload(domain, content(1000), { draft: true });
      const { deps, reached } = failingAt(domain.deps, at, "dies after");
      await completeUpload(domain.isolate(deps), upload.id, parts).catch(() => undefined);
      await domain.settle();
      await completeUpload(domain.isolate(), upload.id, parts).catch(() => undefined);
      domain.advance(120_000);
      await domain.cron("* * * * *");
      expect(await statesOf(domain, [upload.id])).toEqual(["held"]);
      return reached();
    });
  });
});
