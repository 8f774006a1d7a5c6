import type { platforms } from "../../../schema/packages.ts";
import type { Ctx } from "../../core/context.ts";
import { perIsolate } from "../../core/isolate.ts";
import { createCounters } from "../../downloads/counts.ts";
import { dayOf } from "./days.ts";
import { addDailyCounts, type DailyKind, type DailySum } from "./statistics.sql.ts";

/**
 * Different counts that an isolate holds at once, a megabyte of them. Clients choose versions: what is more is counted
 * without its version.
 */
const MOST_COUNTS = 5_000;

/** Something that happened and is counted by its day. */
export type DailyEvent = {
  /** The software's slug. */
  slug: string;
  /** The version, as an order key; null where it is not known. */
  orderKey: string | null;
  /** Null where it is not known. */
  platform: (typeof platforms)[number] | null;
  kind: DailyKind;
};

/** The sums of an isolate, each under its day and event as JSON. */
const countersOf = perIsolate(({ db, clock }) =>
  createCounters<string>(async (sums) => {
    const rows = Array.from(sums, ([key, amount]): DailySum => {
      const [day, slug, orderKey, platform, kind] = JSON.parse(key) as KeyParts;
      return { day, slug, orderKey, platform, kind, amount };
    });
    await db.write((q) => ({ added: addDailyCounts(q, rows) }));
  }, clock),
);

type KeyParts = [number, string, string | null, DailyEvent["platform"], DailyKind];

/**
 * Prepares to count an event that happens again and again: counting it then costs one entry of a map. Sums are written a
 * moment later, behind the answer. Nothing is counted where DEVICE_STATISTICS is off.
 */
export function dailyCounter({ slug, orderKey, platform, kind }: DailyEvent): (ctx: Ctx) => void {
  let [day, key] = [NaN, ""];
  return (ctx) => {
    if (!ctx.deps.config.DEVICE_STATISTICS) return;
    const today = dayOf(ctx.deps.clock());
    const counters = countersOf(ctx.deps);
    const keyFor = (version: string | null) =>
      JSON.stringify([today, slug, version, platform, kind] satisfies KeyParts);
    if (day !== today) [day, key] = [today, keyFor(orderKey)];
    counters.add(counters.size() < MOST_COUNTS ? key : keyFor(null), ctx.waitUntil);
  };
}

/** Counts an event. */
export const countDaily = (ctx: Ctx, event: DailyEvent): void => dailyCounter(event)(ctx);

/** Writes what this isolate has counted. */
export const flushDailyCounts = (ctx: Ctx): Promise<void> => countersOf(ctx.deps).flush();
