import { detailEnvelope } from "../core/http/envelopes.ts";
import { createRouter } from "../core/http/router.ts";
import { getApiHealthRoute } from "./get-api-health.route.ts";
import { getHealthRoute } from "./get-health.route.ts";
import { getServiceRoute } from "./get-service.route.ts";

export function serviceRoutes() {
  const router = createRouter(detailEnvelope);
  getServiceRoute(router);
  getHealthRoute(router);
  getApiHealthRoute(router);
  return router;
}
