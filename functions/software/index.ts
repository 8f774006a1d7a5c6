import { codeEnvelope, detailEnvelope } from "../core/http/envelopes.ts";
import { createRouter, limitBody, MAX_JSON_BYTES } from "../core/http/router.ts";
import { checkLegalityRoute } from "./check-legality.route.ts";
import { checkUpdateRoute } from "./check-update.route.ts";
import { createSoftwareRoute } from "./create-software.route.ts";
import { createVersionRoute } from "./create-version.route.ts";
import { deleteSoftwareRoute } from "./delete-software.route.ts";
import { deleteVersionRoute } from "./delete-version.route.ts";
import { listSoftwareRoute } from "./list-software.route.ts";
import { listVersionsRoute } from "./list-versions.route.ts";
import { searchSoftwareRoute } from "./search-software.route.ts";
import { setVisibilityRoute } from "./set-visibility.route.ts";
import { updateSoftwareRoute } from "./update-software.route.ts";
import { updateVersionRoute } from "./update-version.route.ts";

/** Software and versions with their keys, and the questions that clients ask with a pair of keys. */
export function softwareRoutes() {
  const router = createRouter(codeEnvelope, "any");
  for (const noun of ["software", "versions", "check"]) {
    router.use(`/api/${noun}/*`, limitBody(MAX_JSON_BYTES));
  }
  listSoftwareRoute(router);
  createSoftwareRoute(router);
  updateSoftwareRoute(router);
  deleteSoftwareRoute(router);
  listVersionsRoute(router);
  createVersionRoute(router);
  updateVersionRoute(router);
  deleteVersionRoute(router);
  checkLegalityRoute(router);
  checkUpdateRoute(router);
  return router;
}

/** What publishers do with software by their API keys. */
export function publisherRoutes() {
  const router = createRouter(detailEnvelope);
  router.use("/api/v1/software/*", limitBody(MAX_JSON_BYTES));
  searchSoftwareRoute(router);
  setVisibilityRoute(router);
  return router;
}
