import type { Ctx } from "../../core/context.ts";
import type { Query } from "../../core/database/database.ts";
import { createRateLimiter } from "../../core/http/rate-limit.ts";
import { perIsolate } from "../../core/isolate.ts";
import { decideBehind } from "../steering/steer-rollouts.ts";
import { selectTippable } from "../steering/rollout-rows.ts";
import { countDaily } from "../statistics/daily-counts.ts";
import { readSignals, type ReadSignal } from "./read-signals.ts";
import type { Signal } from "./schemas.ts";
import { keepSignals, type NewSignal } from "./signals.sql.ts";

const limiterOf = perIsolate(({ config, clock }) =>
  createRateLimiter(config.SIGNALS_PER_MINUTE, undefined, clock),
);

/**
 * Counts the signals of one call by the client's address.
 * @throws AppError RATE_LIMIT_EXCEEDED where they are more than are left of this minute; none is counted then.
 */
export const countSignals = async ({ deps }: Ctx, address: string, amount: number): Promise<void> =>
  limiterOf(deps).count(address, amount);

/**
 * Keeps what devices said, in one batch, as far as it is about versions that exist; the caller learns nothing of that. A
 * rollout that it tips is decided behind the answer.
 * @throws AppError INVALID_VERSION, MESSAGE_TOO_LONG
 */
export async function sendSignals(ctx: Ctx, sent: readonly Signal[]): Promise<void> {
  const signals = await readSignals(ctx, sent);
  if (signals.length === 0) return;
  const now = ctx.deps.clock();
  const { software, plugins, open } = await ctx.deps.db.write((q) => ({
    software: keep(q, "software", signals, now),
    plugins: keep(q, "plugin", signals, now),
    open: selectTippable(q, signals),
  }));
  countEvents(ctx, signals, software ?? []);
  if ((software?.length ?? 0) + (plugins?.length ?? 0) > 0) decideBehind(ctx, open);
}

function keep(q: Query, kind: "software" | "plugin", signals: readonly ReadSignal[], now: number) {
  const ofKind = signals.filter(({ slug }) => (slug === null) === (kind === "plugin"));
  return ofKind.length === 0 ? undefined : keepSignals(q, kind, ofKind, now);
}

/** Counts installs and failures for their day. A device's hash is that of one software, so it tells which. */
function countEvents(ctx: Ctx, signals: readonly ReadSignal[], news: readonly NewSignal[]): void {
  const slugs = new Map(signals.map(({ device, slug }) => [device, slug]));
  for (const { device, event, orderKey, platform } of news) {
    const slug = slugs.get(device);
    if (!slug || event === "started") continue;
    const kind = event === "installed" ? "installs" : "failures";
    countDaily(ctx, { slug, orderKey, platform, kind });
  }
}
