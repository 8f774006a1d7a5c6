import type { Metric } from "../kit/exposition.ts";
import type { Ctx } from "./context.ts";
import type { Answers, Batch } from "./database/batch.ts";
import type { Query } from "./database/database.ts";

/**
 * What a room knows of the whole deployment. It may ask the database what running sums and indexes answer, and nothing for
 * which a table would have to be read from end to end.
 */
export type RoomMetrics = {
  /** The room's SELECTs in the one batch that all rooms share. */
  ask: (query: Query, ctx: Ctx) => Batch;
  /** What their rows say. */
  tell: (rows: unknown, ctx: Ctx) => Metric[];
};

/** Keeps the SELECTs of a room and the reading of their rows of one type. */
export const roomMetrics = <B extends Batch>(
  ask: (query: Query, ctx: Ctx) => B,
  tell: (rows: Answers<B>, ctx: Ctx) => Metric[],
): RoomMetrics => ({ ask, tell: (rows, ctx) => tell(rows as Answers<B>, ctx) });

/** Seconds, of milliseconds; nothing of nothing. */
export const inSeconds = (milliseconds: number | null | undefined): number | undefined =>
  typeof milliseconds === "number" ? milliseconds / 1000 : undefined;

/** How long ago something began, in seconds; 0 where there is nothing. */
export const ageInSeconds = (ctx: Ctx, since: number | null | undefined): number =>
  typeof since === "number" ? Math.max(0, ctx.deps.clock() - since) / 1000 : 0;
