import { requireScope } from "../accounts/api-keys/api-keys.ts";
import type { Ctx } from "../core/context.ts";
import type { RoomMetrics } from "../core/metrics.ts";
import type { Metric } from "../kit/exposition.ts";

const registered = new Map<string, RoomMetrics>();

/** Makes metrics known to all isolates, by name. The rooms hand them in, because this one does not know their tables. */
export function registerMetrics(metrics: Readonly<Record<string, RoomMetrics>>): void {
  for (const [name, room] of Object.entries(metrics)) registered.set(name, room);
}

/** The metrics of all rooms, at one moment: one round trip. @throws AppError as `requireScope` does. */
export async function readMetrics(ctx: Ctx): Promise<Metric[]> {
  requireScope(ctx.actor, "metrics:read");
  const rooms = [...registered];
  const rows = await ctx.deps.db.readBatch((q) =>
    Object.fromEntries(rooms.map(([name, { ask }]) => [name, ask(q, ctx)])),
  );
  return rooms.flatMap(([name, { tell }]) => tell(rows[name], ctx));
}
