import type { Ctx } from "../core/context.ts";
import { dispatch } from "./agents/dispatch.ts";
import { expireDeadlines } from "./upkeep/expire-deadlines.ts";
import { expireLeases } from "./upkeep/expire-leases.ts";
import { forgiveOutage } from "./upkeep/forgive-outage.ts";
import { pollAgents } from "./agents/poll-agents.ts";
import { expireReadings } from "./servers/readings.ts";

/**
 * What happens to tasks and servers by itself, each minute. None of it takes a job's lease: all of it may run beside
 * itself, and one that died must not keep tasks waiting. Nothing is taken from agents before an outage is forgiven, nor
 * for what had not ended when this tick began: it may itself have stood still.
 * @returns whether this tick has found out for how long cron was away
 */
export async function tickCompute(ctx: Ctx): Promise<boolean> {
  const began = ctx.deps.clock();
  const run = async (name: string, job: (ctx: Ctx) => Promise<void>): Promise<boolean> => {
    try {
      await job(ctx);
      return true;
    } catch (error) {
      ctx.deps.log.error("job failed", { job: name, error });
      return false;
    }
  };
  const isForgiven = await run("forgive-outage", () => forgiveOutage(ctx, began));
  const leases = async () => {
    // First, for an agent that answers keeps its tasks, also where it was this server that was away.
    await run("poll-agents", pollAgents);
    if (isForgiven) await run("expire-leases", () => expireLeases(ctx, began));
  };
  const overdue = async () => {
    if (isForgiven) await run("expire-deadlines", () => expireDeadlines(ctx, began));
    await run("expire-readings", expireReadings);
  };
  await Promise.all([leases(), overdue()]);
  await run("dispatch", dispatch);
  return isForgiven;
}
