import { sql, type SQL } from "drizzle-orm";
import { packages } from "../../schema/packages.ts";
import { rollouts } from "../../schema/rollouts/rollouts.ts";
import { audited } from "../core/audit.ts";
import type { Ctx } from "../core/context.ts";
import type { Query } from "../core/database/database.ts";
import { refusals } from "../core/database/refusals.ts";
import { AppError } from "../core/errors.ts";
import { newId } from "../kit/ids.ts";
import { basisPointsOf } from "../kit/rollout.ts";
import type { RolloutPlan } from "./schemas.ts";

/** Bytes of randomness in a seed: nobody can compute the cohort of a device of their choice. */
const SEED_BYTES = 16;

/** The columns of a rollout that begins now with its first step. */
export function newRollout({ steps, policy }: RolloutPlan, createdBy: string, now: number) {
  return {
    id: newId("rol", now),
    seed: Buffer.from(crypto.getRandomValues(new Uint8Array(SEED_BYTES))).toString("hex"),
    steps,
    policy,
    basisPoints: basisPointsOf(steps[0]?.percent ?? 0),
    stepStartedAt: now,
    createdBy,
    createdAt: now,
    updatedAt: now,
  };
}

/** A version of which packages become visible on a channel. */
export type Publication = {
  /** NULL while there is no such version. */
  versionId: SQL<string>;
  channel: SQL<string>;
  plan: RolloutPlan;
  /** The name of what is published, for the audit row. */
  target: string;
};

/** Why a publication may not begin a rollout. */
export const publicationRefusals = refusals({
  "rollouts.state": "ROLLOUT_LATE",
  "rollouts.steps": "ROLLOUT_DIFFERS",
});

/**
 * Whether a publication's version has a rollout, and whether packages of it are offered that came in another batch: at another
 * moment, which may be a later one where clocks differ.
 */
const isRolledOut = ({ versionId, channel }: Publication) =>
  sql`EXISTS (SELECT 1 FROM ${rollouts} WHERE ${rollouts.versionId} = ${versionId} AND ${rollouts.channel} = ${channel})`;
const isOut = ({ versionId, channel }: Publication, now: number) =>
  sql`EXISTS (SELECT 1 FROM ${packages} WHERE ${packages.versionId} = ${versionId} AND ${packages.channel} = ${channel}
    AND ${packages.createdAt} <> ${now} AND ${packages.yankedAt} IS NULL)`;

/**
 * The statements that begin the rollout of a version in the batch that makes its packages visible, so that nobody outside its
 * share ever sees it. Further packages of the version repeat its plan. Refused by `publicationRefusals`.
 * @param publication `owner`: who publishes, as audit rows name them
 * @param now milliseconds since 1970; what is published in the same batch has the same
 */
export function beginRollout(q: Query, publication: Publication & { owner: string }, now: number) {
  const { versionId, channel, plan, owner, target } = publication;
  const mayBegin = sql`${isRolledOut(publication)} OR NOT ${isOut(publication, now)}`;
  const values = newRollout(plan, owner, now);
  const change = q
    .insert(rollouts)
    .values({ ...values, versionId, channel, state: sql`CASE WHEN ${mayBegin} THEN 'active' END` })
    .onConflictDoUpdate({
      target: [rollouts.versionId, rollouts.channel],
      set: { steps: sql`NULL` },
      setWhere: sql`${rollouts.steps} <> excluded.steps OR ${rollouts.policy} <> excluded.policy`,
    });
  const auditing = { actor: { type: "system" }, deps: { clock: () => now } } as const;
  const detail = { rollout_id: values.id, ...plan };
  return audited(auditing, q, change, { action: "rollout.start", actor: owner, target, detail });
}

/**
 * Refuses before a byte is sent what `beginRollout` would refuse now. One round trip.
 * @throws AppError ROLLOUT_LATE, ROLLOUT_DIFFERS
 */
export async function requireBeginning(ctx: Ctx, publication: Publication): Promise<void> {
  const { versionId, channel, plan } = publication;
  const { known, out } = await ctx.deps.db.readBatch((q) => ({
    known: q
      .select({ steps: rollouts.steps, policy: rollouts.policy })
      .from(rollouts)
      .where(sql`${rollouts.versionId} = ${versionId} AND ${rollouts.channel} = ${channel}`),
    out: q.all<{ isOut: number }>(sql`SELECT ${isOut(publication, ctx.deps.clock() + 1)} AS isOut`),
  }));
  const [rollout] = known;
  const asText = ({ steps, policy }: RolloutPlan) => JSON.stringify([steps, policy]);
  if (rollout && asText(rollout) !== asText(plan)) throw new AppError("ROLLOUT_DIFFERS");
  if (!rollout && out[0]?.isOut === 1) throw new AppError("ROLLOUT_LATE");
}
