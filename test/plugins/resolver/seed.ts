import { createHash, randomBytes } from "node:crypto";
import { orderingKey, parseVersion } from "../../../functions/kit/versions.ts";
import { execute } from "../../support/behind.ts";
import type { TestStack } from "../../support/stack.ts";

export type Seeded = Record<string, Record<string, SeededVersion>>;

type SeededVersion = {
  needs?: Record<string, string>;
  engines?: Record<string, string>;
  deprecated?: boolean;
  changelog?: string;
};

/** The SHA-256 that a seeded version is said to have. */
export const shaOf = (name: string, version: string) =>
  createHash("sha256").update(`${name}@${version}`).digest("hex");

/** Names of one test's own, by short ones. */
export function ownNames<K extends string>(...names: readonly K[]): Record<K, string> {
  const prefix = `com.${randomBytes(6).toString("hex")}`;
  return Object.fromEntries(names.map((name) => [name, `${prefix}.${name}`])) as Record<K, string>;
}

/** Plugins straight in the database: no archive is behind them. Sizes are 100 bytes. */
export async function seedPlugins(
  stack: TestStack,
  plugins: Seeded,
  state: { disabled?: readonly string[]; deprecated?: readonly string[] } = {},
): Promise<void> {
  const rows = Object.entries(plugins).flatMap(([name, versions]) =>
    Object.entries(versions).map(([version, fields]) => {
      const parsed = parseVersion(version);
      if (!parsed) throw new Error(`${version} is no version`);
      const { needs = {}, engines = {}, deprecated = false, changelog = "" } = fields;
      const [orderKey, isPrerelease] = [orderingKey(parsed), parsed.prerelease.length > 0];
      return {
        name,
        version,
        orderKey,
        isPrerelease,
        needs,
        engines,
        deprecated,
        changelog,
        sha256: shaOf(name, version),
      };
    }),
  );
  const names = Object.keys(plugins).map((name) => ({
    name,
    enabled: !state.disabled?.includes(name),
    deprecated: state.deprecated?.includes(name) ?? false,
  }));
  await execute(
    stack,
    `INSERT INTO plugins (name, name_key, upload_key_hash, is_enabled, is_deprecated, created_at, updated_at)
     SELECT value ->> 'name', lower(value ->> 'name'), 'hash', value ->> 'enabled', value ->> 'deprecated', 0, 0 FROM json_each(?)`,
    [JSON.stringify(names)],
  );
  for (const part of partsOf(rows)) {
    await execute(
      stack,
      `INSERT INTO blobs (object_key, category, size, sha256, sha1, sha512, md5, state, created_at)
     SELECT 'seeded/' || (value ->> 'sha256'), 'plugin', 100, value ->> 'sha256', '', '', '', 'live', 0 FROM json_each(?)`,
      [part],
    );
    await execute(
      stack,
      `INSERT INTO plugin_versions (plugin_name, version, order_key, is_prerelease, display_name, description, author, license,
       homepage, main_dll, entry_class, changelog, dependencies, engines, file_name, blob_id, size, upload_id, is_deprecated, created_at)
     SELECT value ->> 'name', value ->> 'version', value ->> 'orderKey', value ->> 'isPrerelease', '', '', '', '', '', '', '',
       value ->> 'changelog', value -> 'needs', value -> 'engines', '', (SELECT id FROM blobs WHERE object_key = 'seeded/' || (value ->> 'sha256')),
       100, 'seeded ' || (value ->> 'name') || '@' || (value ->> 'version'), value ->> 'deprecated', 0 FROM json_each(?)`,
      [part],
    );
  }
}

/** What one statement may carry, in characters: SQLite on servers takes few megabytes at once. */
const PART = 500_000;

/** Rows as JSON in parts. */
function* partsOf(rows: readonly unknown[]): Generator<string> {
  let part: string[] = [];
  let length = 0;
  for (const row of rows.map((row) => JSON.stringify(row))) {
    if (length + row.length > PART) {
      yield `[${part.join()}]`;
      [part, length] = [[], 0];
    }
    part.push(row);
    length += row.length;
  }
  yield `[${part.join()}]`;
}
