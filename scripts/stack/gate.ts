/** The cron expression that closes the gate; no clock ever fires it. */
export const CLOSE_GATE = "slipway:close";

/** Milliseconds that requests under way may take when the stack stops. */
const DRAIN_MS = 5000;

/**
 * The entry module that stands before the bundle in the same isolate, so that a stack can stop without losing what the
 * Worker has in memory: once closed it takes no more requests, waits for those under way, and lets cron run.
 */
export const gateModule = `
import worker from "./index.js";
export * from "./index.js";

let closed = false;
let active = 0;

export default {
  ...worker,
  async fetch(request, env, ctx) {
    if (closed) {
      return new Response("Stopping", { status: 503, headers: { "retry-after": "5", connection: "close" } });
    }
    active += 1;
    try {
      return await worker.fetch(request, env, ctx);
    } finally {
      active -= 1;
    }
  },
  async scheduled(event, env, ctx) {
    if (event.cron !== "${CLOSE_GATE}") return worker.scheduled?.(event, env, ctx);
    closed = true;
    for (let waited = 0; active > 0 && waited < ${DRAIN_MS}; waited += 10) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  },
};
`;
