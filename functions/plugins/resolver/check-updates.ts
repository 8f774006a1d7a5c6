import { sql } from "drizzle-orm";
import satisfies from "semver/functions/satisfies.js";
import type { Ctx } from "../../core/context.ts";
import { AppError } from "../../core/errors.ts";
import { orderingKey, parseVersionWithBuild } from "../../kit/versions.ts";
import { downloadUrl } from "./resolve-plugins.ts";

/** Of the plugins of a request, one for each engine requirement that a plugin ever had. */
const MAX_ROWS = 10_000;
/** Bytes of engine requirements in the database's answer: libSQL servers refuse answers above 10 MB. */
const MAX_ENGINES_BYTES = 2_000_000;
/** The same of changelogs. */
const MAX_CHANGELOGS_BYTES = 6_000_000;
/** Characters that changelogs are cut to where they have more bytes: none has more than six in JSON. */
const CUT_CHANGELOGS = 1_000_000;

type Texts = Record<string, string>;
type Row = {
  name: string;
  isEnabled: number;
  isDeprecated: number;
  installedDeprecated: number | null;
  version: string | null;
  orderKey: string | null;
  engines: string;
  size: number;
  sha256: string;
  changelog: string;
  isWhole: number;
};
type Notice = "plugin_disabled" | "plugin_deprecated" | "version_deprecated";

export type Updates = {
  updates: {
    name: string;
    installed: string;
    version: string;
    /** Bytes. */
    size: number;
    sha256: string;
    download_url: string;
    changelog: string;
  }[];
  /** How many others of the installed plugins the registry knows. */
  up_to_date: number;
  unknown: string[];
  notices: { name: string; installed: string; notice: Notice }[];
};

/**
 * For each installed plugin its newest version, if that is newer, enabled, not deprecated and made for these engines; a
 * pre-release only for who has one. At most one round trip.
 * @param origin of the download URLs, as `https://example.com`
 * @throws AppError RESOLUTION_TOO_COMPLEX at a limit.
 */
export async function findUpdates(
  ctx: Ctx,
  { installed, engines }: { installed: Texts; engines: Texts },
  origin: string,
): Promise<Updates> {
  const rows = await readNewer(ctx, installed);
  const byName = Map.groupBy(rows, ({ name }) => name);
  const answer: Updates = { updates: [], up_to_date: 0, unknown: [], notices: [] };
  for (const name of Object.keys(installed).toSorted()) {
    const version = installed[name] ?? "";
    const candidates = byName.get(name);
    const [plugin] = candidates ?? [];
    if (!candidates || !plugin) {
      answer.unknown.push(name);
      continue;
    }
    const notice = noticeOf(plugin);
    if (notice) answer.notices.push({ name, installed: version, notice });
    const newest = candidates
      .filter((row) => row.orderKey !== null && fits(row.engines, engines))
      .reduce<Row | undefined>((best, row) => (best && newerFirst(best, row) <= 0 ? best : row), undefined);
    if (!newest || newest.version === null) answer.up_to_date++;
    else {
      const { size, sha256, changelog } = newest;
      const download_url = downloadUrl(origin, name, newest.version);
      answer.updates.push({
        name,
        installed: version,
        version: newest.version,
        size,
        sha256,
        download_url,
        changelog,
      });
    }
  }
  return answer;
}

const newerFirst = (a: Row, b: Row) => ((a.orderKey ?? "") > (b.orderKey ?? "") ? -1 : 1);

/** Each known plugin with, for each engine requirement, the newest version that is newer. */
async function readNewer(ctx: Ctx, installed: Texts): Promise<Row[]> {
  const asked = Object.entries(installed).map(([name, text]) => {
    const version = parseVersionWithBuild(text);
    return [name, version ? orderingKey(version) : "", version && version.prerelease.length > 0 ? 1 : 0];
  });
  const rows = await ctx.deps.db.read((q) =>
    q.all<Row>(sql`WITH asked AS MATERIALIZED (
        SELECT p.name AS name, p.is_enabled AS is_enabled, p.is_deprecated AS is_deprecated,
          json_extract(a.value, '$[1]') AS order_key, json_extract(a.value, '$[2]') AS takes_prerelease
        FROM json_each(${JSON.stringify(asked)}) AS a JOIN plugins AS p ON p.name = json_extract(a.value, '$[0]')
      ),
      newer AS MATERIALIZED (
        SELECT v.plugin_name AS name, max(v.order_key) AS order_key, v.id AS id, v.engines AS engines,
          length(CAST(json_quote(v.changelog) AS BLOB)) AS bytes
        FROM asked JOIN plugin_versions AS v ON v.plugin_name = asked.name AND v.order_key > asked.order_key
        WHERE asked.is_enabled AND NOT asked.is_deprecated AND NOT v.is_deprecated
          AND (asked.takes_prerelease OR NOT v.is_prerelease)
        GROUP BY v.plugin_name, v.engines LIMIT ${MAX_ROWS + 1}
      ),
      measured AS MATERIALIZED (
        SELECT count(*) <= ${MAX_ROWS} AND coalesce(sum(length(CAST(json_quote('' || engines) AS BLOB))), 0) <= ${MAX_ENGINES_BYTES}
            AS is_whole,
          CASE WHEN sum(bytes) > ${MAX_CHANGELOGS_BYTES} THEN ${CUT_CHANGELOGS} / count(*) ELSE ${CUT_CHANGELOGS} END AS letters
        FROM newer
      )
      SELECT asked.name AS name, asked.is_enabled AS isEnabled, asked.is_deprecated AS isDeprecated,
        (SELECT o.is_deprecated FROM plugin_versions AS o
          WHERE o.plugin_name = asked.name AND o.order_key = asked.order_key) AS installedDeprecated,
        v.version AS version, v.order_key AS orderKey, coalesce(v.engines, '{}') AS engines, coalesce(v.size, 0) AS size,
        coalesce(b.sha256, '') AS sha256, substr(coalesce(v.changelog, ''), 1, measured.letters) AS changelog,
        measured.is_whole AS isWhole
      FROM measured, asked LEFT JOIN newer ON measured.is_whole AND newer.name = asked.name
        LEFT JOIN plugin_versions AS v ON v.id = newer.id LEFT JOIN blobs AS b ON b.id = v.blob_id`),
  );
  if (rows.some(({ isWhole }) => !isWhole)) {
    throw new AppError("RESOLUTION_TOO_COMPLEX", { reason: "resolve.tooManyVersions" });
  }
  return rows;
}

function noticeOf({ isEnabled, isDeprecated, installedDeprecated }: Row): Notice | null {
  if (!isEnabled) return "plugin_disabled";
  if (isDeprecated) return "plugin_deprecated";
  return installedDeprecated ? "version_deprecated" : null;
}

/** As in resolve(): engines that are not named are not checked, and a pre-release counts as its release line. */
function fits(needed: string, engines: Texts): boolean {
  return Object.entries(JSON.parse(needed) as Texts).every(([engine, range]) => {
    const actual = Object.hasOwn(engines, engine) ? engines[engine] : undefined;
    return actual === undefined || satisfies(actual, range, { includePrerelease: true });
  });
}
