import { and, eq, sql } from "drizzle-orm";
import { rollouts } from "../../../schema/rollouts/rollouts.ts";
import { audited } from "../../core/audit.ts";
import { actorName, type Actor, type Ctx } from "../../core/context.ts";
import { versionName } from "../../kit/versions.ts";
import { releasesChanged } from "../../releases/changes.ts";
import type { RolloutRow } from "../describe-rollout.ts";
import { describeFigures, shareAfter, type Move } from "./next-move.ts";
import { tellOfMove } from "./tell-of-move.ts";

/**
 * Changes a rollout as it was read, with the audit row and the event that tell of it, in one batch. Where it was changed
 * since it was read, nothing happens: whoever was faster has decided.
 * @returns the rollout after the change; undefined where somebody was faster
 */
export async function moveRollout(
  ctx: Ctx,
  row: RolloutRow,
  move: Move,
  actor: Actor,
): Promise<RolloutRow | undefined> {
  const { id, revision } = row.rollout;
  const changes = changesOf(row, move, ctx.deps.clock());
  const after = { ...row, rollout: { ...row.rollout, ...changes, revision: revision + 1 } };
  const by = actorName(actor);
  const entry = {
    action: `rollout.${move.name}`,
    target: nameOf(row),
    detail: detailOf(after),
    actor: by,
  };
  const { moved } = await ctx.deps.db.write((q) => {
    const change = q
      .update(rollouts)
      .set({ ...changes, revision: sql`${rollouts.revision} + 1` })
      .where(and(eq(rollouts.id, id), eq(rollouts.revision, revision)))
      .returning({ id: rollouts.id });
    return { moved: audited(ctx, q, change, entry), told: tellOfMove(ctx, q, move, after, by) };
  });
  if (moved.change.length === 0) return undefined;
  releasesChanged(ctx);
  return after;
}

/**
 * A step begins when it is reached, and anew when the rollout goes on after a pause; then it is judged by what devices say from
 * there on.
 */
function changesOf(row: RolloutRow, move: Move, now: number) {
  const { stepStartedAt, notifiedAt } = row.rollout;
  const { name, state, step, reason } = move;
  const begins = name === "raise" || name === "resume";
  return {
    state,
    step,
    reason,
    basisPoints: shareAfter(row, move),
    stepStartedAt: begins ? now : stepStartedAt,
    ...(name === "resume" && { pastReports: row.reports, pastFailures: row.failures }),
    notifiedAt: name === "notify" ? now : begins ? null : notifiedAt,
    updatedAt: now,
  };
}

const nameOf = ({ software, plugin, version }: RolloutRow) => `${software ?? plugin} ${versionName(version)}`;

function detailOf(row: RolloutRow) {
  const { id, state, step, basisPoints, reason } = row.rollout;
  return { rollout_id: id, state, step, percent: basisPoints / 100, reason, ...describeFigures(row) };
}
