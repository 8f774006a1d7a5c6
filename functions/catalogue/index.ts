import { fastApiEnvelope } from "../core/http/envelopes.ts";
import { createRouter, limitBody, MAX_JSON_BYTES } from "../core/http/router.ts";
import { createAppWareRoute } from "./create-appware.route.ts";
import { deleteAppWareRoute } from "./delete-appware.route.ts";
import { getAppWareRoute } from "./get-appware.route.ts";
import { CATALOGUE_JSON } from "./json-body.middleware.ts";
import { listAllAppWaresRoute } from "./list-all-appwares.route.ts";
import { listAppWaresRoute } from "./list-appwares.route.ts";
import { listMyAppWaresRoute } from "./list-my-appwares.route.ts";
import { listPopularAppWaresRoute } from "./list-popular-appwares.route.ts";
import { updateAppWareRoute } from "./update-appware.route.ts";

export function catalogueRoutes() {
  const router = createRouter(fastApiEnvelope, CATALOGUE_JSON);
  router.use("/api/v1/appwares/*", limitBody(MAX_JSON_BYTES));
  listAppWaresRoute(router);
  // These paths come first, because the path with an id would take their names for one.
  listMyAppWaresRoute(router);
  listPopularAppWaresRoute(router);
  listAllAppWaresRoute(router);
  createAppWareRoute(router);
  getAppWareRoute(router);
  updateAppWareRoute(router);
  deleteAppWareRoute(router);
  return router;
}
