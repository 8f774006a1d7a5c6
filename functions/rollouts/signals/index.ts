import { limitBody, type Router } from "../../core/http/router.ts";
import { MAX_SIGNALS_BYTES } from "./policy.ts";
import { sendSignalsRoute } from "./send-signals.route.ts";

/** The endpoint that devices report to. */
export function mountSignals(router: Router): void {
  router.use("/api/v1/signals", limitBody(MAX_SIGNALS_BYTES));
  sendSignalsRoute(router);
}
