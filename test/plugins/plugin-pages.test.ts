import { describe, expect, test, vi } from "vitest";
import { answerList } from "../../functions/core/http/list-stream.ts";
import { readPluginPages } from "../../functions/plugins/plugin-pages.ts";
import { findPlugin } from "../../functions/plugins/plugins.ts";
import { listVersions } from "../../functions/plugins/versions/versions.ts";
import { useDomain, type Domain } from "../support/domain.ts";
import { collect } from "../support/pages.ts";

vi.setConfig({ testTimeout: 60_000 });

const openDomain = useDomain();

/** Plugins that were published with these descriptions, straight into the database. */
async function seed(domain: Domain, count: number, description: string) {
  const numbers = `WITH RECURSIVE n(i) AS (VALUES(0) UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ${count})`;
  await domain.rows(`INSERT INTO blobs (id, object_key, category, size, sha256, sha1, sha512, md5, state, created_at)
    VALUES (1, 'objects/x', 'plugin', 1, '', '', '', '', 'live', 0)`);
  await domain.rows(`${numbers} INSERT INTO plugins (name, name_key, upload_key_hash, created_at, updated_at)
    SELECT 'com.example.p' || i, 'com.example.p' || i, '', 1764550800123, 1764550800456 FROM n`);
  await domain.rows({
    sql: `${numbers} INSERT INTO plugin_versions (plugin_name, version, order_key, is_prerelease, display_name, description,
        author, license, homepage, main_dll, entry_class, changelog, dependencies, engines, file_name, blob_id, size,
        upload_id, created_at)
      SELECT 'com.example.p' || i, '1.0.0', '001', 0, '', ?, '', '', '', 'a.dll', 'A.B', '', '{}', '{}', '', 1, 1,
        'upl_' || i, 0 FROM n`,
    args: [description],
  });
}

async function listed(domain: Domain) {
  const answer = await answerList('{"success":true,"data":[', readPluginPages(domain.isolate()), () => "]}");
  return (await answer.json()) as { success: true; data: { name: string }[] };
}

describe("the list of plugins", () => {
  test("of nothing is an empty list", async () => {
    expect(await listed(await openDomain())).toEqual({ success: true, data: [] });
  });

  test("has every plugin once and by name, though the database cannot answer them all at once", async () => {
    const domain = await openDomain();
    const description = '"\n'.repeat(2000);
    await seed(domain, 1500, description);
    const { data } = await listed(domain);
    const names = Array.from({ length: 1500 }, (_, index) => `com.example.p${index}`);
    expect(data.map(({ name }) => name)).toEqual(names.toSorted());
    expect(data[7]).toEqual({
      name: names.toSorted()[7],
      display_name: "",
      description,
      author: "",
      license: "",
      homepage: "",
      main_dll: "a.dll",
      entry_class: "A.B",
      current_version: "1.0.0",
      is_enabled: true,
      is_deprecated: false,
      created_at: "2025-12-01T01:00:00.123Z",
      updated_at: "2025-12-01T01:00:00.456Z",
      total_download_count: 0,
    });
  });

  test("is an error, and no half of a list, where the database is away", async () => {
    const domain = await openDomain();
    const read = () => Promise.reject(new Error("away"));
    const ctx = domain.isolate({ db: { ...domain.deps.db, read } });
    await expect(answerList("[", readPluginPages(ctx), () => "]")).rejects.toThrow("away");
  });
});

describe("the versions of a plugin", () => {
  test("are all there, the highest first, however long their changelogs", async () => {
    const domain = await openDomain();
    await seed(domain, 1, "");
    const changelog = "修".repeat(60_000);
    await domain.rows({
      sql: `WITH RECURSIVE n(i) AS (VALUES(2) UNION ALL SELECT i + 1 FROM n WHERE i < 120)
        INSERT INTO plugin_versions (plugin_name, version, order_key, is_prerelease, display_name, description, author,
          license, homepage, main_dll, entry_class, changelog, dependencies, engines, file_name, blob_id, size, upload_id,
          created_at)
        SELECT 'com.example.p0', i || '.0.0', printf('%03d', i), 0, '', '', '', '', '', 'a.dll', 'A.B', ?, '{"com.a.b":"*"}',
          '{}', '', 1, 1, 'upl_v' || i, 0 FROM n`,
      args: [changelog],
    });
    const expected = Array.from({ length: 120 }, (_, index) => `${120 - index}.0.0`);
    const { plugin, versions } = await findPlugin(domain.isolate(), "com.example.p0");
    expect(plugin.current_version).toBe("120.0.0");
    for (const pages of [versions, listVersions(domain.isolate(), "com.example.p0")]) {
      const found = (await collect(pages)).flat();
      expect(found.map(({ version }) => version)).toEqual(expected);
      expect(found[3]).toMatchObject({ changelog, dependencies: { "com.a.b": "*" }, is_deprecated: false });
    }
  });
});
