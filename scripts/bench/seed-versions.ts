import { createClient } from "@libsql/client/http";
import type { Target } from "./bench-stack.ts";

/** Closes all versions above 1.0.`last` of a title to devices below that one. */
export async function closeVersions(stack: Target, slug: string, last: number): Promise<void> {
  const { LIBSQL_URL = "", LIBSQL_AUTH_TOKEN } = stack.settings;
  const client = createClient({ url: LIBSQL_URL, authToken: LIBSQL_AUTH_TOKEN });
  try {
    await client.execute({
      sql: `UPDATE versions SET min_update_from = gate.version, min_update_key = gate.order_key
        FROM (SELECT version, order_key FROM versions WHERE software_id = ?1 AND version = ?2) gate
        WHERE software_id = ?1 AND versions.order_key > gate.order_key`,
      args: [`sfw_${slug}`, `1.0.${last}`],
    });
  } finally {
    client.close();
  }
}

/**
 * Writes a title with versions 1.0.0 to 1.0.(count - 1), a full package and a patch each, straight into the database.
 * @param format of the packages, without a dot
 */
export async function seedVersions(
  stack: Target,
  slug: string,
  count: number,
  format = "zip",
): Promise<void> {
  const { LIBSQL_URL = "", LIBSQL_AUTH_TOKEN } = stack.settings;
  const client = createClient({ url: LIBSQL_URL, authToken: LIBSQL_AUTH_TOKEN });
  const id = `sfw_${slug}`;
  const numbers = `WITH RECURSIVE n(i) AS (VALUES(0) UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ${count})`;
  const orderKey = "printf('%016d.%016d.%016d~', 1, 0, i)";
  const packageOf = (type: "full" | "patch", fromVersion: string, size: number) => ({
    sql: `${numbers} INSERT INTO packages (software_id, version_id, type, platform, arch, from_version, order_key, channel,
        format, file_name, blob_id, size, upload_id, created_at)
      SELECT ?1, 'ver_' || ?2 || i, '${type}', 'windows', 'x64', ${fromVersion}, ${orderKey}, 'stable',
        ?3, ?2 || '-' || i || '-${type}.' || ?3, (SELECT id FROM blobs WHERE object_key = ?2), ${size}, ?2 || '${type}' || i, i FROM n`,
    args: [id, slug, format],
  });
  try {
    await client.batch(
      [
        {
          sql: "INSERT INTO software (id, akey, slug, name, created_at) VALUES (?1, 'soft_' || ?2, ?2, ?2, 0)",
          args: [id, slug],
        },
        {
          sql: `INSERT INTO blobs (object_key, category, size, sha256, sha1, sha512, md5, state, created_at)
            VALUES (?1, 'full', 1, '5a', '5a', '5a', '5a', 'live', 0)`,
          args: [slug],
        },
        {
          sql: `${numbers} INSERT INTO versions (id, vkey, software_id, version, order_key, channel, is_critical, description,
              notes, created_at)
            SELECT 'ver_' || ?2 || i, 'key_' || ?2 || i, ?1, '1.0.' || i, ${orderKey}, 'stable', 0, 'what is new', '', i FROM n`,
          args: [id, slug],
        },
        packageOf("full", "NULL", 1000),
        packageOf("patch", "'1.0.' || (i - 1)", 100),
      ],
      "write",
    );
  } finally {
    client.close();
  }
}
