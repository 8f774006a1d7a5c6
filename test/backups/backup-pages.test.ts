import { expect, test, vi } from "vitest";
import { listAllBackups, listBackups } from "../../functions/backups/backups.ts";
import { useDomain } from "../support/domain.ts";
import { collect } from "../support/pages.ts";

vi.setConfig({ testTimeout: 60_000 });

const openDomain = useDomain();

test("lists have every backup once, the newest first, though the database cannot answer them all at once", async () => {
  const domain = await openDomain();
  const description = "描".repeat(2000);
  await domain.rows(`INSERT INTO blobs (id, object_key, category, size, sha256, sha1, sha512, md5, state, created_at)
    VALUES (1, 'objects/x/backup.zip', 'backup', 1, 'aa', '', '', '', 'live', 0)`);
  await domain.rows({
    sql: `WITH RECURSIVE n(i) AS (VALUES(1) UNION ALL SELECT i + 1 FROM n WHERE i < 2000)
      INSERT INTO backups (user_key, backup_type, file_name, description, blob_id, size, upload_id, created_at)
      SELECT 'key' || (i % 2), 'plugin', 'b.zip', ?, 1, 1, 'upl_' || i, 1764550800123 FROM n`,
    args: [description],
  });
  const admin = { type: "user", id: "usr_1", username: "admin", role: "admin", sessionKey: "s" } as const;
  const all = await collect(listAllBackups({ ...domain.isolate(), actor: admin }));
  expect(all.flat().map(({ id }) => id)).toEqual(Array.from({ length: 2000 }, (_, index) => 2000 - index));
  expect(all.length).toBeGreaterThan(1);
  expect(all.at(-1)?.at(-1)).toEqual({
    id: 1,
    user_key: "key1",
    backup_type: "plugin",
    plugin_name: "",
    file_name: "b.zip",
    file_path: "objects/x/backup.zip",
    file_size: 1,
    file_hash: "aa",
    description,
    created_at: "2025-12-01T01:00:00.123Z",
  });
  const own = (await collect(listBackups(domain.isolate(), "key0"))).flat();
  expect(own).toHaveLength(1000);
  expect(new Set(own.map(({ user_key }) => user_key))).toEqual(new Set(["key0"]));
});
