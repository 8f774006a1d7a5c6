import { sql } from "drizzle-orm";
import type { Ctx } from "../../core/context.ts";
import { AppError } from "../../core/errors.ts";
import type { Registry, RegistryPlugin, RegistryVersion } from "./solver/registry.ts";

/** Plugins that a request may reach, whatever the versions: more than any set has. */
const MAX_REACHED = 5_000;
/** Versions of these. */
const MAX_ROWS = 20_000;
/** Bytes of their descriptions in the database's answer: libSQL servers refuse answers above 10 MB. */
const MAX_BYTES = 9_000_000;
/** Bytes after which a plugin's versions go on in another row: sqld refuses texts of several megabytes. */
const PART_BYTES = 1_000_000;

/** A plugin with some of its versions as JSON: one row for each part of them. */
type Row = { name: string; isEnabled: number; isWhole: number; versions: string | null };
type VersionRow = [
  version: string,
  isDeprecated: number,
  size: number,
  sha256: string,
  dependencies: Record<string, string>,
  engines: Record<string, string>,
];

/**
 * The part of the registry that can be reached from these names by the dependencies of any version. One round trip; the
 * versions of a plugin are read when somebody asks for it.
 * @throws AppError RESOLUTION_TOO_COMPLEX where that part is too large.
 */
export async function readRegistry(ctx: Ctx, names: readonly string[]): Promise<Registry> {
  const rows = await ctx.deps.db.read((q) =>
    q.all<Row>(sql`WITH RECURSIVE reached(name) AS (
        SELECT value FROM json_each(${JSON.stringify(names)})
        UNION
        SELECT d.key FROM reached JOIN plugins AS p ON p.name = reached.name AND p.is_enabled = 1
          JOIN plugin_versions AS v ON v.plugin_name = p.name, json_each(v.dependencies) AS d
        LIMIT ${MAX_REACHED + 1}
      ),
      described AS (
        SELECT v.id AS id, v.plugin_name AS name, json_array(v.version, v.is_deprecated OR p.is_deprecated, v.size,
          b.sha256, json(v.dependencies), json(v.engines)) AS text
        FROM reached JOIN plugins AS p ON p.name = reached.name AND p.is_enabled = 1
          JOIN plugin_versions AS v ON v.plugin_name = p.name JOIN blobs AS b ON b.id = v.blob_id
        LIMIT ${MAX_ROWS + 1}
      ),
      offered AS MATERIALIZED (
        SELECT id, name, text, length(CAST(json_quote('' || text) AS BLOB)) AS bytes FROM described
      ),
      measured AS MATERIALIZED (
        SELECT count(*) <= ${MAX_ROWS} AND coalesce(sum(bytes), 0) <= ${MAX_BYTES}
          AND (SELECT count(*) FROM reached) <= ${MAX_REACHED} AS is_whole FROM offered
      ),
      listed AS (
        SELECT name, '[' || group_concat(text) || ']' AS versions FROM (
          SELECT name, text, sum(bytes) OVER (PARTITION BY name ORDER BY id) / ${PART_BYTES} AS part FROM offered
          WHERE (SELECT is_whole FROM measured)
        ) GROUP BY name, part
      )
      SELECT p.name AS name, p.is_enabled AS isEnabled, measured.is_whole AS isWhole, listed.versions AS versions
      FROM measured, reached JOIN plugins AS p ON p.name = reached.name LEFT JOIN listed ON listed.name = p.name`),
  );
  if (rows.some(({ isWhole }) => !isWhole)) {
    throw new AppError("RESOLUTION_TOO_COMPLEX", { reason: "resolve.tooManyVersions" });
  }
  const parts = Map.groupBy(rows, ({ name }) => name);
  const plugins = new Map<string, RegistryPlugin>();
  return {
    get(name) {
      const known = plugins.get(name);
      const own = parts.get(name);
      if (known || !own) return known;
      const versions = own.flatMap(({ versions }) => JSON.parse(versions ?? "[]") as VersionRow[]);
      const plugin = { isEnabled: own[0]?.isEnabled === 1, versions: versions.map(versionOf) };
      plugins.set(name, plugin);
      return plugin;
    },
  };
}

const versionOf = ([
  version,
  isDeprecated,
  size,
  sha256,
  dependencies,
  engines,
]: VersionRow): RegistryVersion => ({
  version,
  isDeprecated: isDeprecated === 1,
  size,
  sha256,
  dependencies,
  engines,
});
