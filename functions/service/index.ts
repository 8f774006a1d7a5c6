import { detailEnvelope } from "../core/http/envelopes.ts";
import { createRouter } from "../core/http/router.ts";
import { sendConsole } from "./console-page.middleware.ts";
import { getApiHealthRoute } from "./get-api-health.route.ts";
import { getHealthRoute } from "./get-health.route.ts";
import { getMetricsRoute } from "./get-metrics.route.ts";
import { getServiceRoute } from "./get-service.route.ts";

export { registerMetrics } from "./metrics.ts";
export { serviceMetrics } from "./own-metrics.ts";

export function serviceRoutes() {
  const router = createRouter(detailEnvelope);
  getServiceRoute(router);
  for (const path of ["/console", "/console/*"]) router.get(path, sendConsole);
  getHealthRoute(router);
  getApiHealthRoute(router);
  getMetricsRoute(router);
  return router;
}
