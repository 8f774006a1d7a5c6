import { detailEnvelope } from "../core/http/envelopes.ts";
import { createRouter } from "../core/http/router.ts";
import { createRolloutRoute } from "./create-rollout.route.ts";
import { getRolloutRoute } from "./get-rollout.route.ts";
import { listRolloutsRoute } from "./list-rollouts.route.ts";

export function rolloutRoutes() {
  const router = createRouter(detailEnvelope);
  createRolloutRoute(router);
  listRolloutsRoute(router);
  getRolloutRoute(router);
  return router;
}
