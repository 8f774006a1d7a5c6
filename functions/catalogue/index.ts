import { fastApiEnvelope } from "../core/envelope.ts";
import { createRouter, limitBody, MAX_JSON_BYTES } from "../core/router.ts";
import { createAppWare } from "./create-appware.ts";
import { deleteAppWare } from "./delete-appware.ts";
import { getAppWare } from "./get-appware.ts";
import { listAllAppWares } from "./list-all-appwares.ts";
import { listAppWares } from "./list-appwares.ts";
import { listMyAppWares } from "./list-my-appwares.ts";
import { listPopularAppWares } from "./list-popular-appwares.ts";
import { updateAppWare } from "./update-appware.ts";

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
