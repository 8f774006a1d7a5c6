import type { ExecutionContext } from "@cloudflare/workers-types";
import { STOP_JOBS, WRITE_MEMORY } from "../../../functions/core/stopping.ts";
import type { Gate } from "./gate.ts";

type Scheduled = (cron: string, env: unknown, execution: ExecutionContext) => Promise<void>;

/** A database that was stopped at the same moment is being started again for this long. Milliseconds. */
const WRITE_MS = 6000;
const RETRY_MS = 200;

/**
 * The handler of the control socket, which only the stack's user can open.
 * - `GET /ready`: the Worker answers.
 * - `POST /cron?expression=`: runs that expression's jobs; 500 with a message when they fail.
 * - `POST /hold`: stays open as long as the stack runs. When its body ends, or the stack dies, jobs end at their
 *   next slice, answers under way finish, and what the Worker has in memory is written; then it is answered. workerd, told to end by a signal to the
 *   whole service, takes no new requests but serves this one.
 */
export function createControl(gate: Gate, scheduled: Scheduled) {
  return {
    async fetch(request: Request, env: unknown, execution: ExecutionContext): Promise<Response> {
      const { pathname, searchParams } = new URL(request.url);
      if (pathname === "/ready") return new Response("ready\n");
      if (pathname === "/cron") {
        return outcome(scheduled(searchParams.get("expression") ?? "", env, execution));
      }
      if (pathname !== "/hold") return new Response(null, { status: 404 });
      await ended(request);
      await Promise.all([scheduled(STOP_JOBS, env, execution), gate.close()]);
      return outcome(persistently(() => scheduled(WRITE_MEMORY, env, execution)));
    },
  };
}

async function persistently(work: () => Promise<void>): Promise<void> {
  const deadline = Date.now() + WRITE_MS;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
  }
}

async function ended(request: Request): Promise<void> {
  try {
    await request.arrayBuffer();
  } catch {
    // The stack has died: all the more reason to write what is in memory.
  }
}

async function outcome(work: Promise<void>): Promise<Response> {
  try {
    await work;
    return new Response("ok\n");
  } catch (error) {
    return new Response(error instanceof Error ? error.message : "failed", { status: 500 });
  }
}
