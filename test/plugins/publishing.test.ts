import { describe, expect, test, vi } from "vitest";
import type { Actor } from "../../functions/core/context.ts";
import type { Storage } from "../../functions/storage/storage.ts";
import { pluginDownloads } from "../../functions/plugins/downloads.ts";
import { deletePlugin, findPlugin } from "../../functions/plugins/plugins.ts";
import { completeUpload } from "../../functions/uploads/complete-upload.ts";
import { createUpload } from "../../functions/uploads/create-upload.ts";
import { receiveForm } from "../../functions/uploads/forms/receive-form.ts";
import { useDomain, type Domain } from "../support/domain.ts";
import { atEveryCall, failingAt } from "../support/domain/faults.ts";
import { fieldParts, formRequest } from "../support/domain/forms.ts";
import { sendParts, sha256, uploadRow } from "../support/domain/packages.ts";
import { archive, newKey, newName } from "./archives.ts";

vi.setConfig({ testTimeout: 120_000 });

const HOUR_MS = 3600_000;
const administrator: Actor = { type: "user", id: "usr_0", username: "a", role: "admin", sessionKey: "" };

const openDomain = useDomain();

const versionsOf = (domain: Domain) =>
  domain.rows("SELECT plugin_name, version FROM plugin_versions ORDER BY id");
const usageOf = async (domain: Domain) => {
  const rows = await domain.rows<{ category: string; bytes: number }>(
    "SELECT category, bytes FROM usage WHERE category IN ('plugin', 'reserved') ORDER BY category",
  );
  return rows.map(({ bytes }) => bytes);
};

/** A signed upload whose bytes are in the bucket and which is not yet completed. */
async function sent(domain: Domain, name: string, key: string, version = "1.0.0") {
  const bytes = await archive({ name, version });
  const file = { fileName: "plugin.zip", size: bytes.length, sha256: sha256(bytes) };
  const upload = await createUpload(domain.ctx, { kind: "plugin", fields: { plugin_key: key }, ...file });
  const parts = await sendParts(domain.ctx, upload, bytes);
  return { bytes, finish: (ctx = domain.isolate()) => completeUpload(ctx, upload.id, parts), upload };
}

/** The bucket holds what the rows say, and the daily reconciliation has nothing to set right. */
async function expectInOrder(domain: Domain) {
  const kept = await domain.rows<{ object_key: string }>("SELECT object_key FROM blobs ORDER BY object_key");
  expect([...domain.fake.objects().keys()].toSorted()).toEqual(kept.map((row) => row.object_key));
  const [stored] = await domain.rows<{ bytes: number }>(
    "SELECT coalesce(sum(size), 0) AS bytes FROM plugin_versions",
  );
  expect(await usageOf(domain)).toEqual([stored?.bytes, 0]);
  await domain.cron("17 3 * * *");
  expect(domain.logs.filter(({ event }) => event.endsWith("set right"))).toEqual([]);
}

// The road itself is tested with packages; here, that looking into the archive changes nothing of it.
test.each(["fails after", "dies before"] as const)(
  "when any call %s, the client's repetition publishes a plugin once",
  async (mode) => {
    const calls = await atEveryCall(async (at) => {
      const domain = await openDomain();
      const [name, key] = [newName(), newKey()];
      const { upload, finish } = await sent(domain, name, key);
      const fault = failingAt(domain.deps, at, mode);
      await finish(domain.isolate(fault.deps)).catch(() => undefined);
      await domain.settle();
      domain.advance(2 * 60_000);
      const status = await finish();
      await domain.settle();
      expect(["ready", "verifying"], `call ${at}`).toContain(status.state);
      await domain.untilQuiet();
      expect(await uploadRow(domain, upload.id), `call ${at}`).toMatchObject({ state: "ready" });
      expect(await versionsOf(domain), `call ${at}`).toEqual([{ plugin_name: name, version: "1.0.0" }]);
      await expectInOrder(domain);
      return fault.reached();
    });
    expect(calls).toBeGreaterThan(8);
  },
);

test("when any call of a form dies after its effect, the plugin is published whole or leaves nothing", async () => {
  await atEveryCall(async (at) => {
    const domain = await openDomain();
    const file = await archive({ name: newName() });
    const form = [...fieldParts({ plugin_key: newKey() }), { name: "file", file, fileName: "plugin.zip" }];
    const fault = failingAt(domain.deps, at, "dies after");
    const ctx = domain.isolate(fault.deps);
    const answered = await receiveForm(ctx, formRequest(form), "plugin").catch(() => null);
    await domain.untilQuiet();
    const published = await versionsOf(domain);
    expect(published.length, `call ${at}`).toBeLessThanOrEqual(1);
    if (answered) expect(published, `call ${at}`).toHaveLength(1);
    await expectInOrder(domain);
    return fault.reached();
  });
});

describe("an upload that is overtaken behind its inspection", () => {
  const [name, key] = [newName(), newKey()];
  test.each([
    ["by another key", { name, key: newKey() }, "WRONG_PLUGIN_KEY"],
    ["by the same version", { name, key }, "PLUGIN_VERSION_EXISTS"],
    ["by a name in another case", { name: name.toUpperCase(), key }, "PLUGIN_EXISTS"],
  ])("%s is refused by the database and leaves nothing", async (_how, first, code) => {
    const domain = await openDomain();
    const winner = await sent(domain, first.name, first.key);
    const late = await sent(domain, name, key);
    const { storage } = domain.deps;
    const copy: Storage["copy"] = async (...args) => {
      await winner.finish();
      return storage.copy(...args);
    };
    await expect(late.finish(domain.isolate({ storage: { ...storage, copy } }))).rejects.toMatchObject({
      code,
    });
    expect(await versionsOf(domain)).toEqual([{ plugin_name: first.name, version: "1.0.0" }]);
    await domain.untilQuiet();
    await expectInOrder(domain);
  });
});

test("the bytes of a deleted plugin are given back at once and collected after a day", async () => {
  const domain = await openDomain();
  const [name, key] = [newName(), newKey()];
  const kept = await sent(domain, newName(), key);
  await kept.finish();
  for (const version of ["1.0.0", "1.1.0"]) await (await sent(domain, name, key, version)).finish();
  await deletePlugin(domain.isolate({}, administrator), name);
  expect(await usageOf(domain)).toEqual([kept.bytes.length, 0]);
  await domain.cron("*/10 * * * *");
  expect(domain.fake.objects().size).toBe(3);
  domain.advance(25 * HOUR_MS);
  await domain.cron("*/10 * * * *");
  expect(domain.fake.objects().size).toBe(1);
  await domain.untilQuiet();
  await expectInOrder(domain);
});

test("bytes that come again while they wait for collection are kept", async () => {
  const domain = await openDomain();
  const [name, key] = [newName(), newKey()];
  const bytes = await archive({ name });
  const publish = async (owner: string) => {
    const form = [
      ...fieldParts({ plugin_key: owner }),
      { name: "file", file: bytes, fileName: "plugin.zip" },
    ];
    await receiveForm(domain.isolate(), formRequest(form), "plugin");
  };
  await publish(key);
  await deletePlugin(domain.isolate({}, administrator), name);
  domain.advance(23 * HOUR_MS);
  await publish(newKey());
  domain.advance(5 * HOUR_MS);
  await domain.untilQuiet();
  const { versions } = await findPlugin(domain.isolate(), name);
  expect((await versions.next()).value).toHaveLength(1);
  await expectInOrder(domain);
});

test("a deleted plugin is gone from the isolate that deleted it, and from the others within 30 seconds", async () => {
  const domain = await openDomain();
  const [name, key] = [newName(), newKey()];
  await (await sent(domain, name, key)).finish();
  const [here, there] = [domain.isolate({}, administrator), domain.isolate()];
  for (const ctx of [here, there])
    expect(await pluginDownloads.redirect(ctx, { name })).toContain("X-Amz-Signature");
  await deletePlugin(here, name);
  await expect(pluginDownloads.redirect(here, { name })).rejects.toMatchObject({ code: "PLUGIN_NOT_FOUND" });
  domain.advance(29_000);
  await pluginDownloads.redirect(there, { name });
  domain.advance(1000);
  await expect(pluginDownloads.redirect(there, { name })).rejects.toMatchObject({ code: "PLUGIN_NOT_FOUND" });
  await domain.settle();
});
