import type { Ctx } from "../../core/context.ts";
import type { RolloutRow } from "../describe-rollout.ts";
import { moveRollout } from "./move-rollout.ts";
import { nextMove } from "./next-move.ts";
import { selectActive } from "./rollout-rows.ts";

/** Rollouts that one query reads. */
const SLICE = 100;

/** A job: has every active rollout decide by what devices said so far. It may overlap with itself and with signals. */
export async function steerRollouts(ctx: Ctx, cursor: string | null): Promise<string | null> {
  let after = cursor ?? "";
  for (;;) {
    if (!ctx.mayGoOn()) return after;
    const place = after;
    const active = await ctx.deps.db.read((q) => selectActive(q, place, SLICE));
    for (const row of active) await decide(ctx, row);
    const last = active.at(-1);
    if (!last || active.length < SLICE) return null;
    after = last.rollout.id;
  }
}

/** Has rollouts decide behind the answer, where that would change them. What is lost of it, the job makes up for. */
export function decideBehind(ctx: Ctx, open: readonly RolloutRow[]): void {
  const { clock, config } = ctx.deps;
  const tipped = open.filter((row) => nextMove(row, clock(), config.DEFAULT_LOCALE) !== undefined);
  if (tipped.length > 0) ctx.waitUntil(Promise.all(tipped.map((row) => decide(ctx, row))));
}

async function decide(ctx: Ctx, row: RolloutRow): Promise<void> {
  const { clock, config, log } = ctx.deps;
  const move = nextMove(row, clock(), config.DEFAULT_LOCALE);
  if (!move) return;
  const moved = await moveRollout(ctx, row, move, { type: "system" });
  if (moved) log.info("rollout moved", { rollout: row.rollout.id, to: move.name, reason: move.reason });
}
