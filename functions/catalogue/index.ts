import { fastApiEnvelope } from "../core/http/envelopes.ts";
import { createRouter, limitBody, MAX_JSON_BYTES } from "../core/http/router.ts";
import { createAppWare } from "./create-appware.route.ts";
import { deleteAppWare } from "./delete-appware.route.ts";
import { getAppWare } from "./get-appware.route.ts";
import { listAllAppWares } from "./list-all-appwares.route.ts";
import { listAppWares } from "./list-appwares.route.ts";
import { listMyAppWares } from "./list-my-appwares.route.ts";
import { listPopularAppWares } from "./list-popular-appwares.route.ts";
import { updateAppWare } from "./update-appware.route.ts";

export function catalogueRoutes() {
  const router = createRouter(fastApiEnvelope);
  router.use("/api/v1/appwares/*", limitBody(MAX_JSON_BYTES));
  listAppWares(router);
  // These names before the path that takes any name for an id.
  listMyAppWares(router);
  listPopularAppWares(router);
  listAllAppWares(router);
  createAppWare(router);
  getAppWare(router);
  updateAppWare(router);
  deleteAppWare(router);
  return router;
}
