import type { Ctx } from "../../core/context.ts";
import { perIsolate } from "../../core/isolate.ts";
import { attempt } from "./attempt.ts";
import { claimDue, earliestDue, type ClaimedDelivery } from "./due.ts";
import { recordOutcome } from "./record-outcome.ts";

/** How long a run goes on, so that its last attempt ends within the 30 seconds that the platform leaves behind an answer. */
const RUN_MS = 20_000;
/** A run waits for what is due so soon: the first repetition. */
const WORTH_WAITING_MS = 6_000;
/** A timer may end a moment early by the clock; what is not due by then would be left to the next minute. */
const TIMER_MS = 10;

/** Until when a run of this isolate waits for what will be due. The others need not. */
const waitingOf = perIsolate(() => ({ until: 0 }));

/**
 * Sends what is due, until nothing is. Runs behind answers that told of an event, and each minute; any number at once, for
 * each takes other deliveries.
 */
export async function deliverDue(ctx: Ctx): Promise<void> {
  const { clock } = ctx.deps;
  const until = clock() + RUN_MS;
  while (ctx.mayGoOn() && clock() < until) {
    if (!(await waitForDue(ctx, until))) return;
    const claimed = await claimDue(ctx);
    if (claimed.length === 0) return;
    await Promise.all(claimed.map((delivery) => deliver(ctx, delivery)));
  }
}

async function deliver(ctx: Ctx, delivery: ClaimedDelivery): Promise<void> {
  try {
    await recordOutcome(ctx, delivery, await attempt(ctx, delivery));
  } catch (error) {
    // Its lease ends, and then it is attempted again.
    ctx.deps.log.error("webhook attempt not recorded", { delivery: delivery.id, error });
  }
}

/** Waits until something is due. @returns false where that takes too long, or another run waits already */
async function waitForDue(ctx: Ctx, until: number): Promise<boolean> {
  const { clock } = ctx.deps;
  const [dueAt, now] = [await earliestDue(ctx), clock()];
  if (dueAt === null) return false;
  if (dueAt <= now) return true;
  const waiting = waitingOf(ctx.deps);
  const isTooLate = dueAt > Math.min(until, now + WORTH_WAITING_MS);
  if (isTooLate || now < waiting.until) return false;
  waiting.until = dueAt;
  await new Promise((resolve) => setTimeout(resolve, dueAt - now + TIMER_MS));
  return ctx.mayGoOn();
}
