import { detailEnvelope } from "../core/http/envelopes.ts";
import { createRouter } from "../core/http/router.ts";
import { checkVersionRoute } from "./check-version.route.ts";

export function updateRoutes() {
  const router = createRouter(detailEnvelope);
  checkVersionRoute(router);
  return router;
}
