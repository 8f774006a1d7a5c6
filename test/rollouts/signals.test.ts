import { expect, test } from "vitest";
import { useDomain } from "../support/domain.ts";
import { insertCatalogue } from "../support/domain/catalogue.ts";
import { devices, say, sums } from "./support.ts";
import { readSignals } from "../../functions/rollouts/signals/read-signals.ts";
import { sendSignals } from "../../functions/rollouts/signals/send-signals.ts";

const openDomain = useDomain();

async function withVersions() {
  const domain = await openDomain();
  await insertCatalogue(domain, [{ version: "1.0.0" }, { version: "2.0.0" }]);
  return domain;
}

test("of one device and version each kind counts once", async () => {
  const domain = await withVersions();
  for (const event of ["installed", "installed", "started", "started"] as const)
    await say(domain, { device_id: "a", event });
  await say(domain, ...devices(3, "installed"), ...devices(3, "installed"));
  const { kept, counted } = await sums(domain);
  expect(kept).toEqual({ reports: 4, installed: 4, started: 1, failures: 0 });
  expect(counted).toEqual(kept);
});

test("a failure counts until the device starts, and again when it fails after that", async () => {
  const domain = await withVersions();
  const failures = async () => (await sums(domain)).kept.failures;
  await say(domain, { device_id: "a", event: "failed" }, { device_id: "b", event: "crashed" });
  await say(domain, { device_id: "a", event: "crashed" });
  expect(await failures()).toBe(2);
  await say(domain, { device_id: "a", event: "started" });
  expect(await failures()).toBe(1);
  await say(domain, { device_id: "a", event: "crashed" });
  expect(await failures()).toBe(2);
  expect((await sums(domain)).counted).toEqual((await sums(domain)).kept);
});

test("the order within a call counts, also in one millisecond", async () => {
  const domain = await withVersions();
  await say(
    domain,
    { device_id: "a", event: "failed" },
    { device_id: "a", event: "started" },
    { device_id: "b", event: "started" },
    { device_id: "b", event: "failed" },
    { device_id: "c", event: "crashed" },
    { device_id: "c", event: "started" },
    { device_id: "c", event: "crashed" },
  );
  const { kept, counted } = await sums(domain);
  expect(kept).toEqual({ reports: 3, installed: 0, started: 3, failures: 2 });
  expect(counted).toEqual(kept);
});

test("what says nothing new writes nothing", async () => {
  const domain = await withVersions();
  await say(
    domain,
    { device_id: "a", event: "installed" },
    { device_id: "a", event: "failed", message: "x" },
  );
  const before = await domain.rows("SELECT * FROM device_signals");
  domain.advance(1000);
  await say(
    domain,
    { device_id: "a", event: "installed" },
    { device_id: "a", event: "failed", message: "y" },
  );
  expect(await domain.rows("SELECT * FROM device_signals")).toEqual(before);
});

test("what nobody has published is taken and not kept, public or private", async () => {
  const domain = await withVersions();
  await insertCatalogue(domain, [{ version: "1.0.0", software: "secret" }]);
  await domain.rows("UPDATE software SET visibility = 'private' WHERE slug = 'secret'");
  await say(
    domain,
    { device_id: "a", event: "installed", version: "9.9.9" },
    { device_id: "a", event: "installed", software: "nothing" },
    { device_id: "a", event: "installed", software: "soft_nothing" },
    { device_id: "a", event: "installed", plugin: "com.example.nothing" },
    { device_id: "a", event: "installed", software: "secret", version: "1.0" },
  );
  expect(await domain.rows("SELECT subject FROM device_signals")).toEqual([{ subject: "sfw_secret:1.0.0" }]);
});

test("a device is kept as a hash of its id and its software, the same by slug and akey", async () => {
  const domain = await withVersions();
  await insertCatalogue(domain, [{ version: "2.0.0", software: "other" }]);
  await say(
    domain,
    { device_id: "a", event: "installed" },
    { device_id: "a", event: "installed", software: "other" },
    { device_id: "a", event: "started", software: "soft_other" },
  );
  const rows = await domain.rows<{ device: string }>("SELECT device FROM device_signals");
  expect(rows).toHaveLength(2);
  expect(new Set(rows.map(({ device }) => device)).size).toBe(2);
  for (const { device } of rows) expect(device).toMatch(/^[\w-]{22}$/);
});

test("a signal counts also where it comes with the akey after which no more are remembered", async () => {
  const domain = await withVersions();
  await domain.rows(`WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 1000)
    INSERT INTO software (id, akey, slug, name, created_at)
    SELECT 'sfw_many_' || i, 'soft_many_' || i, 'many-' || i, 'many ' || i, 1 FROM n`);
  const about = (n: number) => ({
    software: `soft_many_${n}`,
    version: "1.0.0",
    device_id: "a",
    event: "started" as const,
  });
  const slugs = async (...numbers: number[]) =>
    (await readSignals(domain.ctx, numbers.map(about))).map(({ slug }) => slug);
  await slugs(...Array.from({ length: 1000 }, (_, n) => n));
  expect(await slugs(0, 1000)).toEqual(["many-0", "many-1000"]);
});

test("a message is kept in one line of 500 characters, of failures alone", async () => {
  const domain = await withVersions();
  await say(domain, { device_id: "a", event: "failed", message: `no\u0000\n space${"é".repeat(1990)}` });
  await say(domain, { device_id: "b", event: "failed", message: `${"x".repeat(499)}😀` });
  await say(domain, { device_id: "c", event: "installed", message: "hello", from_version: "v1.0" });
  const rows = await domain.rows<{ message: string; from_version: string | null }>(
    "SELECT message, from_version FROM device_signals ORDER BY rowid",
  );
  expect(rows[0]?.message).toMatch(/^no {1,2}spaceé{400,}$/);
  expect(rows[0]?.message).toHaveLength(500);
  expect(rows[1]?.message).toBe("x".repeat(499));
  expect(rows[2]).toEqual({ message: "", from_version: "1.0" });
  await expect(say(domain, { device_id: "a", event: "failed", message: "x".repeat(2001) })).rejects.toThrow(
    "MESSAGE_TOO_LONG",
  );
});

test("many isolates that say the same at once count it once", async () => {
  const domain = await withVersions();
  const isolates = Array.from({ length: 8 }, () => domain.isolate());
  const events = ["installed", "started", "failed"] as const;
  await Promise.all(isolates.flatMap((ctx) => events.map((event) => sendSignals(ctx, devices(50, event)))));
  const { kept, counted } = await sums(domain);
  expect(kept).toMatchObject({ reports: 50, installed: 50, started: 50 });
  expect(counted).toEqual(kept);
});

test("signals of a plugin's version count under it, and steer its rollout", async () => {
  const domain = await withVersions();
  await domain.rows(
    "INSERT INTO blobs (id, object_key, category, size, sha256, sha1, sha512, md5, state, created_at) VALUES (900, 'p', 'plugin', 1, 'p', '', '', '', 'live', 0)",
  );
  await domain.rows(
    "INSERT INTO plugins (name, name_key, upload_key_hash, created_at, updated_at) VALUES ('com.Example.one', 'com.example.one', 'x', 0, 0)",
  );
  const orderKey = `${["1", "2", "0"].map((part) => part.padStart(16, "0")).join(".")}~`;
  await domain.rows(
    `INSERT INTO plugin_versions (id, plugin_name, version, order_key, is_prerelease, display_name, description, author, license,
      homepage, main_dll, entry_class, changelog, dependencies, engines, file_name, blob_id, size, upload_id, created_at)
      VALUES (77, 'com.Example.one', '1.2.0', '${orderKey}', 0, '', '', '', '', '', '', '', '', '{}', '{}', 'p.zip', 900, 1, 'upl_p', 0)`,
  );
  await domain.rows(
    `INSERT INTO rollouts (id, plugin_version_id, channel, seed, steps, policy, state, basis_points, step_started_at, created_by, created_at, updated_at)
      VALUES ('rol_p', 77, '', 's', '[{"percent":1,"min_hours":24,"min_reports":0}]',
      '{"max_failure_rate":2,"min_reports":20,"on_failure":"roll_back"}', 'active', 100, ${Date.now()}, 't', 0, 0)`,
  );
  const signals = Array.from({ length: 20 }, (_, index) => ({
    plugin: "COM.example.one",
    version: "v1.2",
    device_id: `device-${index}`,
    event: "failed" as const,
  }));
  await say(domain, ...signals);
  await domain.settle();
  const { kept, counted } = await sums(domain, "plugin:77");
  expect(kept).toEqual({ reports: 20, installed: 0, started: 0, failures: 20 });
  expect(counted).toEqual(kept);
  expect(await domain.rows("SELECT state, revision FROM rollouts")).toEqual([
    { state: "rolled_back", revision: 1 },
  ]);
  expect(await domain.rows("SELECT target FROM audit")).toEqual([{ target: "com.Example.one 1.2.0" }]);
});

test("deleting a version forgets its sums", async () => {
  const domain = await withVersions();
  await say(domain, { device_id: "a", event: "installed" });
  await domain.rows("DELETE FROM packages");
  await domain.rows("DELETE FROM versions");
  expect(await domain.rows("SELECT * FROM signal_counts")).toEqual([]);
});
