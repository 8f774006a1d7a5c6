import { detailEnvelope } from "../core/http/envelopes.ts";
import { createRouter } from "../core/http/router.ts";
import { createRolloutRoute } from "./create-rollout.route.ts";
import { getRolloutRoute } from "./get-rollout.route.ts";
import { listRolloutLogRoute } from "./list-rollout-log.route.ts";
import { listRolloutsRoute } from "./list-rollouts.route.ts";
import { mountSignals } from "./signals/index.ts";
import { mountStatistics } from "./statistics/index.ts";
import { mountSteering } from "./steering/index.ts";

export { rolloutMetrics, statisticsMetrics } from "./metrics.ts";
export { flushStatistics, pruneStatistics } from "./statistics/index.ts";
export { steerRollouts } from "./steering/steer-rollouts.ts";

export function rolloutRoutes() {
  const router = createRouter(detailEnvelope);
  createRolloutRoute(router);
  listRolloutsRoute(router);
  getRolloutRoute(router);
  listRolloutLogRoute(router);
  mountSteering(router);
  mountSignals(router);
  mountStatistics(router);
  return router;
}
