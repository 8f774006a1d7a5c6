import { sql, type SQL } from "drizzle-orm";
import type { RolloutState } from "../kit/rollout.ts";
import { isLimited, isLimiting } from "./limits.sql.ts";

/** A rollout that keeps a version from some clients, as lists of versions name it. */
export type VersionLimit = {
  id: string;
  state: Exclude<RolloutState, "completed">;
  /** The share that it is at. */
  percent: number;
};

/**
 * A column of a query that reads `versions`: JSON of the rollout that keeps a version from some clients of its channel; null
 * where it is out for all of them. One look-up.
 */
export const limitOfVersion = sql<string | null>`(SELECT
    json_object('id', rollouts.id, 'state', rollouts.state, 'percent', rollouts.basis_points / 100.0)
  FROM rollouts WHERE rollouts.version_id = versions.id AND rollouts.channel = versions.channel AND ${isLimiting})`;

/** Reads what `limitOfVersion` selects. */
export const readLimit = (json: string | null): VersionLimit | null =>
  json === null ? null : (JSON.parse(json) as VersionLimit);

/**
 * The id of the newest version of software that is out for all clients, by the rule of the latest one (releases/latest.ts):
 * the latest, where that is; else the highest release, else the highest of the rest. Null where none is out for all. Reads
 * down to the first that is, by the index `versions_ranked`.
 */
export function newestOut(softwareId: SQL): SQL<string | null> {
  const isOut = sql`v.software_id = ${softwareId} AND NOT v.is_withdrawn
    AND NOT ${isLimited({ versionId: sql`v.id`, channel: sql`v.channel` })}`;
  return sql`coalesce((SELECT v.id FROM versions v WHERE ${isOut} AND v.is_latest = 1),
    (SELECT v.id FROM versions v WHERE ${isOut}
      ORDER BY (v.channel = 'stable') DESC, v.order_key DESC, v.created_at DESC LIMIT 1))`;
}
