import { limitBody, MAX_JSON_BYTES, type Router } from "../../core/http/router.ts";
import { completeRolloutRoute } from "./complete-rollout.route.ts";
import { pauseRolloutRoute } from "./pause-rollout.route.ts";
import { raiseRolloutRoute } from "./raise-rollout.route.ts";
import { resumeRolloutRoute } from "./resume-rollout.route.ts";
import { rollBackRolloutRoute } from "./roll-back-rollout.route.ts";

/** What people may do with a rollout. */
export function mountSteering(router: Router): void {
  router.use("/api/v1/rollouts/*", limitBody(MAX_JSON_BYTES));
  raiseRolloutRoute(router);
  pauseRolloutRoute(router);
  resumeRolloutRoute(router);
  completeRolloutRoute(router);
  rollBackRolloutRoute(router);
}
