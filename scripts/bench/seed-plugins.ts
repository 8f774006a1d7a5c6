import { createClient } from "@libsql/client/http";
import type { Target } from "./bench-stack.ts";

/** The length of a plugin's description, as people write it. Characters. */
const DESCRIPTION = 300;

/** Writes `count` plugins with one version each straight into the database. The bucket does not have their objects. */
export async function seedPlugins(stack: Target, count: number): Promise<void> {
  const { LIBSQL_URL = "", LIBSQL_AUTH_TOKEN } = stack.settings;
  const client = createClient({ url: LIBSQL_URL, authToken: LIBSQL_AUTH_TOKEN });
  const numbers = `WITH RECURSIVE n(i) AS (VALUES(0) UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ${count})`;
  try {
    await client.batch(
      [
        `INSERT INTO blobs (object_key, category, size, sha256, sha1, sha512, md5, state, created_at)
          VALUES ('plugin', 'plugin', 1000, '', '', '', '', 'live', 0)`,
        `${numbers} INSERT INTO plugins (name, name_key, upload_key_hash, created_at, updated_at)
          SELECT 'com.example.plugin' || i, 'com.example.plugin' || i, '', i, i FROM n`,
        {
          sql: `${numbers} INSERT INTO plugin_versions (plugin_name, version, order_key, is_prerelease, display_name, description,
              author, license, homepage, main_dll, entry_class, changelog, dependencies, engines, file_name, blob_id, size,
              upload_id, created_at)
            SELECT 'com.example.plugin' || i, '1.0.0', printf('%016d.%016d.%016d~', 1, 0, 0), 0, 'Plugin ' || i, ?1,
              'the benchmark', 'MIT', 'https://example.com/plugins/' || i, 'Plugin.dll', 'Example.Plugin', 'what is new', '{}',
              '{}', 'com.example.plugin' || i || '@1.0.0.zip', (SELECT id FROM blobs WHERE object_key = 'plugin'), 1000,
              'upl_' || i, i FROM n`,
          args: ["d".repeat(DESCRIPTION)],
        },
      ],
      "write",
    );
  } finally {
    client.close();
  }
}
