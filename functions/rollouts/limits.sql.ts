import { and, eq, sql, type SQL } from "drizzle-orm";
import { packages } from "../../schema/packages.ts";
import { rollouts } from "../../schema/rollouts/rollouts.ts";
import { COHORTS } from "../kit/rollout.ts";

/** Whether a row of rollouts keeps its version from any device. */
export const isLimiting: SQL = sql`${rollouts.state} <> 'completed'
  AND NOT (${rollouts.state} = 'active' AND ${rollouts.basisPoints} >= ${sql.raw(String(COHORTS))})`;

type Place = { versionId: SQL; channel: SQL | string };

const rolloutOf = ({ versionId, channel }: Place) =>
  sql`SELECT 1 FROM ${rollouts} WHERE ${rollouts.versionId} = ${versionId} AND ${rollouts.channel} = ${channel}`;

/** Whether packages of a version on a channel are kept from any device. One look-up. */
export const isLimited = (place: Place): SQL => sql`EXISTS (${rolloutOf(place)} AND ${isLimiting})`;

/** Whether they were rolled back. One look-up. */
export const wasRolledBack = (place: Place): SQL =>
  sql`EXISTS (${rolloutOf(place)} AND ${rollouts.state} = 'rolled_back')`;

/** The join of a query on packages with the rollouts that keep these from any device. One look-up for each package. */
export const limitOfPackage = and(
  eq(rollouts.versionId, packages.versionId),
  eq(rollouts.channel, packages.channel),
  isLimiting,
);

/** What such a query reads of a rollout; null where nothing keeps a package from anybody. */
export const limitColumns = {
  id: rollouts.id,
  state: rollouts.state,
  seed: rollouts.seed,
  basisPoints: rollouts.basisPoints,
  reason: rollouts.reason,
};
