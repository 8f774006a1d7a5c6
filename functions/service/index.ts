import { detailEnvelope } from "../core/http/envelopes.ts";
import { createRouter } from "../core/http/router.ts";
import { getApiHealth } from "./get-api-health.route.ts";
import { getHealth } from "./get-health.route.ts";
import { getService } from "./get-service.route.ts";

export function serviceRoutes() {
  const router = createRouter(detailEnvelope);
  getService(router);
  getHealth(router);
  getApiHealth(router);
  return router;
}
