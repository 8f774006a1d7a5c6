import type { Ctx } from "../core/context.ts";
import { dispatch } from "./dispatch.ts";
import { expireDeadlines, expireLeases } from "./leases.ts";
import { pollAgents } from "./polls.ts";
import { expireReadings } from "./readings.ts";

/**
 * What happens to tasks and servers by itself, each minute. None of it takes a job's lease: all of it may run beside
 * itself, and one that died must not keep tasks waiting.
 */
export async function tickCompute(ctx: Ctx): Promise<void> {
  const run = (name: string, job: (ctx: Ctx) => Promise<void>) =>
    job(ctx).catch((error: unknown) => ctx.deps.log.error("job failed", { job: name, error }));
  const leases = async () => {
    // First, for an agent that answers keeps its tasks, also where it was this server that was away.
    await run("poll-agents", pollAgents);
    await run("expire-leases", expireLeases);
  };
  const overdue = async () => {
    await run("expire-deadlines", expireDeadlines);
    await run("expire-readings", expireReadings);
  };
  await Promise.all([leases(), overdue()]);
  await run("dispatch", dispatch);
}
