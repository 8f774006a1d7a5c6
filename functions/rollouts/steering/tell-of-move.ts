import type { Ctx } from "../../core/context.ts";
import type { Query, Statement } from "../../core/database/database.ts";
import { versionName } from "../../kit/versions.ts";
import type { EventType } from "../../webhooks/events/events.ts";
import { ifChanged, tellOf } from "../../webhooks/events/tell-of.ts";
import type { RolloutRow } from "../describe-rollout.ts";
import { describeFigures, type Move, type MoveName } from "./next-move.ts";

/** The event that tells of each move; of one that goes on after a pause nobody is told. */
const events = {
  raise: "rollout.raised",
  pause: "rollout.paused",
  resume: undefined,
  complete: "rollout.completed",
  roll_back: "rollout.rolled_back",
  notify: "rollout.failing",
} as const satisfies Record<MoveName, EventType | undefined>;

/**
 * The statement that tells webhooks of a move. It stands right behind the move's audit row, and tells nobody where that was
 * not written.
 * @param row the rollout after the move
 */
export function tellOfMove(
  ctx: Ctx,
  q: Query,
  { name }: Move,
  row: RolloutRow,
  by: string,
): Statement | undefined {
  const type = events[name];
  if (type === undefined) return undefined;
  const { rollout, software, plugin, version } = row;
  const { failure_rate_at_most: _most, ...figures } = describeFigures(row);
  const data = {
    rollout_id: rollout.id,
    software,
    plugin,
    version: versionName(version),
    channel: rollout.channel,
    state: rollout.state,
    step: rollout.step + 1,
    steps: rollout.steps.length,
    percent: rollout.basisPoints / 100,
    reason: rollout.reason,
    decided_by: by,
    ...figures,
  };
  return tellOf(ctx, q, { type, data, when: ifChanged, ...(software !== null && { software }) });
}
