import { describe, expect, test, vi } from "vitest";
import type { Deps } from "../../functions/core/deps.ts";
import type { Storage } from "../../functions/storage/storage.ts";
import { completeUpload } from "../../functions/uploads/complete-upload.ts";
import { verifyUploads } from "../../functions/uploads/index.ts";
import { receiveForm } from "../../functions/uploads/forms/receive-form.ts";
import { writtenKey } from "../../functions/uploads/publishing/objects.ts";
import type { TestBucket } from "../support/bucket.ts";
import { useDomain, type Domain } from "../support/domain.ts";
import { atEveryCall, failingAt, faultModes } from "../support/domain/faults.ts";
import { formRequest, packageForm } from "../support/domain/forms.ts";
import { expectAllInOrder, expectPackagesServed, expectTotalsRight } from "../support/domain/invariants.ts";
import { content, publishPackage, sentUpload, sha256, uploadRow } from "../support/domain/packages.ts";
import { aroundWrites } from "../support/domain/writes.ts";

vi.mock("../../functions/uploads/policy.ts", async (original) => {
  const { smallSizes } = await import("../support/domain/small-sizes.ts");
  return smallSizes(await original());
});
vi.setConfig({ testTimeout: 180_000 });

const KIB = 1024;
const DAY_MS = 24 * 3600_000;
const roads = [
  ["one PUT", 10 * KIB],
  ["parts", 40 * KIB],
] as const;
const formRoads = [
  ["one PUT", 10 * KIB, 1],
  ["parts", 40 * KIB, 8],
] as const;

const openDomain = useDomain();

const packagesOf = (domain: Domain) => domain.rows("SELECT upload_id FROM packages");
const audited = (domain: Domain) => domain.rows("SELECT target FROM audit WHERE action = 'package.publish'");

describe.each(roads)("completing an upload of %s", (_road, size) => {
  test.each(faultModes)("when any call %s, the client's repetition publishes it once", async (mode) => {
    const calls = await atEveryCall(async (at) => {
      const domain = await openDomain({ copyPartBytes: 16 * KIB });
      const { upload, parts } = await sentUpload(domain, content(size));
      const fault = failingAt(domain.deps, at, mode);
      await completeUpload(domain.isolate(fault.deps), upload.id, parts).catch(() => undefined);
      await domain.settle();

      domain.advance(2 * 60_000);
      const status = await completeUpload(domain.isolate(), upload.id, parts);
      await domain.settle();
      expect(["ready", "verifying"], `call ${at}`).toContain(status.state);
      await domain.untilQuiet();
      expect(await uploadRow(domain, upload.id), `call ${at}`).toMatchObject({ state: "ready" });
      expect(await packagesOf(domain), `call ${at}`).toEqual([{ upload_id: upload.id }]);
      expect(await audited(domain), `call ${at}`).toHaveLength(1);
      await expectAllInOrder(domain);
      return fault.reached();
    });
    expect(calls).toBeGreaterThan(6);
  });

  test.each(["dies before", "dies after"] as const)(
    "when any call %s, cron alone ends it whole or not at all",
    async (mode) => {
      await atEveryCall(async (at) => {
        const domain = await openDomain();
        const { upload, parts } = await sentUpload(domain, content(size));
        const fault = failingAt(domain.deps, at, mode);
        await completeUpload(domain.isolate(fault.deps), upload.id, parts).catch(() => undefined);
        await domain.settle();
        await domain.untilQuiet();
        const { state } = (await uploadRow(domain, upload.id)) ?? {};
        expect(["ready", "expired"], `call ${at}`).toContain(state);
        expect(await packagesOf(domain), `call ${at}`).toHaveLength(state === "ready" ? 1 : 0);
        await expectAllInOrder(domain);
        return fault.reached();
      });
    },
  );
});

test.each(faultModes)("when any call of the verifying job %s, a later tick publishes once", async (mode) => {
  await atEveryCall(async (at) => {
    const domain = await openDomain();
    const { upload, parts } = await sentUpload(domain, content(40 * KIB));
    const blind: Storage["get"] = () => Promise.reject(new Error("unreadable"));
    const accepting = domain.isolate({ storage: { ...domain.deps.storage, get: blind } });
    await completeUpload(accepting, upload.id, parts);
    await domain.settle();
    const fault = failingAt(domain.deps, at, mode);
    const ctx = domain.isolate(fault.deps, { type: "system" });
    await verifyUploads(ctx).catch(() => undefined);
    await domain.settle();
    domain.advance(20 * 60_000);
    await domain.untilQuiet();
    expect(await uploadRow(domain, upload.id), `call ${at}`).toMatchObject({ state: "ready" });
    expect(await packagesOf(domain), `call ${at}`).toHaveLength(1);
    await expectAllInOrder(domain);
    return fault.reached();
  });
});

describe.each(formRoads)("a form of %s", (_road, size, least) => {
  test.each(faultModes)("when any call %s, is published whole or leaves nothing", async (mode) => {
    const calls = await atEveryCall(async (at) => {
      const domain = await openDomain();
      const fault = failingAt(domain.deps, at, mode);
      const form = formRequest(packageForm(content(size)));
      const answered = await receiveForm(domain.isolate(fault.deps), form, "package").catch(() => null);
      await domain.untilQuiet();
      const packages = await packagesOf(domain);
      expect(packages.length, `call ${at}`).toBeLessThanOrEqual(1);
      if (answered) expect(packages, `call ${at}`).toHaveLength(1);
      await expectAllInOrder(domain);
      return fault.reached();
    });
    expect(calls).toBeGreaterThan(least);
  });
});

describe("answers of the bucket that get lost", () => {
  const operations: Parameters<TestBucket["fail"]>[0]["operation"][] = [
    "CreateMultipartUpload",
    "CompleteMultipartUpload",
    "HeadObject",
    "GetObject",
    "UploadPartCopy",
    "DeleteObject",
    "AbortMultipartUpload",
  ];
  test.each(operations)("%s: published all the same", async (operation) => {
    const domain = await openDomain({ copyPartBytes: 16 * KIB });
    domain.fake.fail({ operation, kind: "lost-answer" });
    const answer = await publishPackage(domain, {}, content(40 * KIB));
    expect(answer).toMatchObject({ version: "1.0.0", file_size: 40 * KIB });
    await expectTotalsRight(domain);
    await expectPackagesServed(domain);
  });

  test("CopyObject: published all the same", async () => {
    const domain = await openDomain();
    domain.fake.fail({ operation: "CopyObject", kind: "lost-answer" });
    await publishPackage(domain);
    await domain.untilQuiet();
    expect(await packagesOf(domain)).toHaveLength(1);
    await expectAllInOrder(domain);
  });
});

describe("at the same moment", () => {
  test("20 completions of one upload publish one package, and none of them is refused", async () => {
    const domain = await openDomain();
    const { upload, parts } = await sentUpload(domain, content(20 * KIB));
    const answers = await Promise.allSettled(
      Array.from({ length: 20 }, () => completeUpload(domain.isolate(), upload.id, parts)),
    );
    const refused = answers.filter((answer) => answer.status === "rejected");
    expect(refused.map((answer) => String(answer.reason))).toEqual([]);
    expect(await completeUpload(domain.ctx, upload.id, parts)).toMatchObject({ state: "ready" });
    expect(await packagesOf(domain)).toHaveLength(1);
    await domain.untilQuiet();
    await expectAllInOrder(domain);
  });

  test.each(roads)(
    "a completion (%s) overtaken by another answers what that one did",
    async (_road, size) => {
      const domain = await openDomain();
      const { upload, parts } = await sentUpload(domain, content(size));
      const overtake = async () => {
        await completeUpload(domain.isolate(), upload.id, parts);
        await domain.settle();
      };
      const { storage } = domain.deps;
      const overtaken: Deps["storage"] = {
        ...storage,
        head: async (key) => {
          if (key === writtenKey(upload) && !upload.multipartId) await overtake();
          return storage.head(key);
        },
        completeMultipart: async (...args) => {
          await overtake();
          return storage.completeMultipart(...args);
        },
      };
      const status = await completeUpload(domain.isolate({ storage: overtaken }), upload.id, parts);
      expect(status).toMatchObject({ state: "ready" });
      expect(status.result).toMatchObject({ version: "1.0.0" });
    },
  );

  test("two uploads of one version: one is published, the other refused, and the winner's bytes are served", async () => {
    const domain = await openDomain();
    const sent = [await sentUpload(domain, content(20 * KIB)), await sentUpload(domain, content(21 * KIB))];
    const answers = await Promise.allSettled(
      sent.map(({ upload, parts }) => completeUpload(domain.isolate(), upload.id, parts)),
    );
    expect(answers.map((answer) => answer.status).toSorted()).toEqual(["fulfilled", "rejected"]);
    const refused = answers.find((answer) => answer.status === "rejected");
    expect(refused?.reason).toMatchObject({ code: "PACKAGE_EXISTS" });
    const winner = sent[answers.findIndex((answer) => answer.status === "fulfilled")]?.upload;
    expect(await domain.rows("SELECT upload_id, size FROM packages")).toEqual([
      { upload_id: winner?.id, size: winner?.size },
    ]);
    await domain.untilQuiet();
    await expectAllInOrder(domain);
  });

  test("two uploads of the same bytes for one version: one package, one object", async () => {
    const domain = await openDomain();
    const bytes = content(20 * KIB);
    const sent = [await sentUpload(domain, bytes), await sentUpload(domain, bytes)];
    const answers = await Promise.allSettled(
      sent.map(({ upload, parts }) => completeUpload(domain.isolate(), upload.id, parts)),
    );
    const results = answers.map((answer) => answer.status === "fulfilled" && answer.value.result);
    expect(results).toEqual([
      expect.objectContaining({ version: "1.0.0", sha256: sha256(bytes) }),
      results[0],
    ]);
    for (const { upload, parts } of sent) {
      expect(await completeUpload(domain.ctx, upload.id, parts)).toMatchObject({ state: "ready" });
    }
    await domain.untilQuiet();
    expect(await packagesOf(domain)).toHaveLength(1);
    expect(await audited(domain)).toHaveLength(1);
    await expectAllInOrder(domain);
  });

  test("a blob that is being collected is not taken: the same bytes are kept anew", async () => {
    const domain = await openDomain();
    const bytes = content(20 * KIB);
    await publishPackage(domain, {}, bytes);
    await domain.rows("DELETE FROM packages");
    const again = await sentUpload(domain, bytes);
    domain.advance(DAY_MS - 60_000);
    await domain.rows("UPDATE blobs SET released_at = released_at - 3600000");

    const collecting = Promise.withResolvers<void>();
    const published = Promise.withResolvers<void>();
    const slowDelete: Storage["delete"] = async (key) => {
      if (key.startsWith("objects/")) {
        collecting.resolve();
        await published.promise;
      }
      await domain.deps.storage.delete(key);
    };
    const garbage = domain.cron("*/10 * * * *", {
      storage: { ...domain.deps.storage, delete: slowDelete },
    });
    await collecting.promise;
    const status = await completeUpload(domain.isolate(), again.upload.id, again.parts);
    expect(status).toMatchObject({ state: "ready" });
    published.resolve();
    await garbage;
    await expectPackagesServed(domain);
    await domain.untilQuiet();
    expect(await packagesOf(domain)).toHaveLength(1);
    await expectAllInOrder(domain);
  });

  test("a blob that is collected just before the same bytes are published is gone, and they are there", async () => {
    const domain = await openDomain();
    const bytes = content(20 * KIB);
    await publishPackage(domain, {}, bytes);
    await domain.rows("DELETE FROM packages");
    const again = await sentUpload(domain, bytes);
    domain.advance(DAY_MS - 60_000);
    await domain.rows("UPDATE blobs SET released_at = released_at - 3600000");

    let collected = false;
    // The last moment before the publication's own batch.
    const db = aroundWrites(domain.deps.db, async (write) => {
      const [{ state }] = (await domain.rows<{ state: string }>(
        "SELECT state FROM uploads ORDER BY created_at DESC LIMIT 1",
      )) as [{ state: string }];
      if (state === "verifying" && !collected) {
        collected = true;
        await domain.cron("*/10 * * * *");
      }
      return write();
    });
    const ctx = domain.isolate({ db });
    expect(await completeUpload(ctx, again.upload.id, again.parts)).toMatchObject({ state: "ready" });
    await domain.untilQuiet();
    expect(await packagesOf(domain)).toHaveLength(1);
    await expectAllInOrder(domain);
  });
});
