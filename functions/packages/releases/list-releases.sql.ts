import { sql, type SQL } from "drizzle-orm";

/** What narrows a list of versions down to those that have such a package. */
export type PackageFilter = {
  platform?: string | undefined;
  arch?: string | undefined;
  format?: string | undefined;
  type?: string | undefined;
};

/** True for a row of `versions` that has a package of this kind. Costs a search in the index of its packages. */
export function hasPackage({ platform, arch, format, type }: PackageFilter): SQL | undefined {
  const conditions = [
    platform && sql`p.platform = ${platform}`,
    arch && sql`p.arch = ${arch}`,
    format && sql`p.format = ${format}`,
    type && sql`p.type = ${type}`,
  ].filter((one) => one !== undefined && one !== "");
  if (conditions.length === 0) return undefined;
  return sql`EXISTS (SELECT 1 FROM packages p WHERE p.version_id = versions.id AND ${sql.join(conditions, sql` AND `)})`;
}

export type PackageRow = [
  type: "full" | "patch" | "hotfix",
  platform: string,
  arch: string,
  format: string,
  size: number,
  downloads: number,
  isYanked: number,
  companions: number,
];

/** The packages of a row of `versions`, as a JSON list of `PackageRow`. */
export const packagesOfVersion = sql<string>`(SELECT json_group_array(json_array(
    p.type, p.platform, p.arch, p.format, p.size, p.download_count, p.yanked_at IS NOT NULL,
    (SELECT count(*) FROM companions c WHERE c.package_id = p.id)))
  FROM packages p WHERE p.version_id = versions.id)`;

/** Drafts that a list names; far more than anybody keeps. */
const MAX_DRAFTS = 100;

/** What waits for releases of software, by version. A release's key is the slug, "/", and what sorts the version. */
export const draftsOf = (slug: string) => sql`
  SELECT json_extract(max(draft), '$.version') AS version, count(*) AS files, sum(size) AS bytes,
    sum(state <> 'held') AS unfinished, min(expires_at) AS expires_at
  FROM uploads
  WHERE release >= ${`${slug}/`} AND release < ${`${slug}0`} AND state IN ('pending', 'verifying', 'held')
    AND kind = 'package'
  GROUP BY release ORDER BY release DESC LIMIT ${MAX_DRAFTS}`;

export type DraftRow = {
  version: string;
  files: number;
  bytes: number;
  unfinished: number;
  expires_at: number;
};
