import { createClient } from "@libsql/client/http";
import { orderingKey, parseVersion } from "../../functions/kit/versions.ts";
import type { RegistryPlugin } from "../../functions/plugins/resolver/solver/registry.ts";
import type { Target } from "./bench-stack.ts";

/** Plugins in one statement, so few because a database server accepts only a few megabytes at once. */
const PART = 200;

/** Writes a registry straight into the database. The bucket does not have the archives. */
export async function seedRegistry(stack: Target, registry: Map<string, RegistryPlugin>): Promise<void> {
  const { LIBSQL_URL = "", LIBSQL_AUTH_TOKEN } = stack.settings;
  const client = createClient({ url: LIBSQL_URL, authToken: LIBSQL_AUTH_TOKEN });
  const plugins = [...registry].map(([name, { versions }]) => ({
    name,
    versions: versions.map((version) => {
      const parsed = parseVersion(version.version);
      return { ...version, orderKey: parsed ? orderingKey(parsed) : "", key: `${name}@${version.version}` };
    }),
  }));
  try {
    for (let start = 0; start < plugins.length; start += PART) {
      const args = [JSON.stringify(plugins.slice(start, start + PART))];
      await client.batch(
        [
          {
            sql: `INSERT INTO plugins (name, name_key, upload_key_hash, created_at, updated_at)
              SELECT value ->> 'name', value ->> 'name', '', 0, 0 FROM json_each(?)`,
            args,
          },
          {
            sql: `INSERT INTO blobs (object_key, category, size, sha256, sha1, sha512, md5, state, created_at)
              SELECT v.value ->> 'key', 'plugin', v.value ->> 'size', v.value ->> 'sha256', '', '', '', 'live', 0
              FROM json_each(?) AS p, json_each(p.value, '$.versions') AS v`,
            args,
          },
          {
            sql: `INSERT INTO plugin_versions (plugin_name, version, order_key, is_prerelease, display_name, description, author,
                license, homepage, main_dll, entry_class, changelog, dependencies, engines, file_name, blob_id, size, upload_id,
                is_deprecated, created_at)
              SELECT p.value ->> 'name', v.value ->> 'version', v.value ->> 'orderKey', 0, '', '', '', '', '', '', '', '',
                v.value -> 'dependencies', v.value -> 'engines', '', b.id, v.value ->> 'size', v.value ->> 'key',
                v.value ->> 'isDeprecated', 0
              FROM json_each(?) AS p, json_each(p.value, '$.versions') AS v JOIN blobs AS b ON b.object_key = v.value ->> 'key'`,
            args,
          },
        ],
        "write",
      );
    }
  } finally {
    client.close();
  }
}
