import { desc, eq, sql } from "drizzle-orm";
import { users } from "../../schema/accounts.ts";
import { audit } from "../../schema/core.ts";
import { rollouts } from "../../schema/rollouts/rollouts.ts";
import type { Ctx } from "../core/context.ts";
import { SEARCH_DEPTH } from "../core/database/bounded-list.ts";
import { AppError } from "../core/errors.ts";
import { requireSight } from "./access.ts";
import { selectRollouts } from "./describe-rollout.ts";

/** More decisions than these no rollout takes, unless somebody pauses and resumes it all day. */
const MOST_ENTRIES = 200;

/** What was decided of a rollout, as its row in the audit has it. */
export type RolloutDecision = {
  id: number;
  at: string;
  action: string;
  actor: string;
  username: string | null;
  /** What a start has none of is null. */
  percent: number | null;
  reason: string;
  reports: number | null;
  failures: number | null;
  failure_rate: { percent: number; lower: number; upper: number } | null;
};

/**
 * What was decided of a rollout, and by whom, the newest first: from the newest 100,000 changes since it began. Two round trips.
 * @throws AppError INVALID_API_KEY, INSUFFICIENT_SCOPE, ACCESS_DENIED, ROLLOUT_NOT_FOUND
 */
export async function listRolloutLog(ctx: Ctx, id: string): Promise<RolloutDecision[]> {
  requireSight(ctx.actor);
  const [row] = await ctx.deps.db.read((q) => selectRollouts(q).where(eq(rollouts.id, id)));
  if (!row) throw new AppError("ROLLOUT_NOT_FOUND");
  requireSight(ctx.actor, row);
  const since = sql`SELECT * FROM ${audit} WHERE ${audit.at} >= ${row.rollout.createdAt} ORDER BY ${audit.at} DESC LIMIT ${SEARCH_DEPTH}`;
  const wanted = sql`SELECT id FROM (${since}) WHERE action LIKE 'rollout.%' AND detail ->> 'rollout_id' = ${id}`;
  const rows = await ctx.deps.db.read((q) =>
    q
      .select({ entry: audit, username: users.username })
      .from(audit)
      .leftJoin(users, eq(users.id, audit.actor))
      .where(sql`${audit.id} IN (${wanted})`)
      .orderBy(desc(audit.at), desc(audit.id))
      .limit(MOST_ENTRIES),
  );
  return rows.map(({ entry, username }) => describe(entry, username));
}

type Detail = {
  percent?: number;
  steps?: { percent: number }[];
  reason?: string;
  reports?: number;
  failures?: number;
  failure_rate?: number;
  failure_rate_at_least?: number;
  failure_rate_at_most?: number;
};

function describe(entry: typeof audit.$inferSelect, username: string | null): RolloutDecision {
  const detail = entry.detail as Detail;
  const { failure_rate: percent, failure_rate_at_least: lower, failure_rate_at_most: upper } = detail;
  return {
    id: entry.id,
    at: new Date(entry.at).toISOString(),
    action: entry.action.replace(/^rollout\./, ""),
    actor: entry.actor,
    username,
    percent: detail.percent ?? detail.steps?.[0]?.percent ?? null,
    reason: detail.reason ?? "",
    reports: detail.reports ?? null,
    failures: detail.failures ?? null,
    failure_rate:
      percent === undefined || lower === undefined || upper === undefined ? null : { percent, lower, upper },
  };
}
