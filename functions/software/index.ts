import { codeEnvelope } from "../core/http/envelopes.ts";
import { createRouter, limitBody, MAX_JSON_BYTES } from "../core/http/router.ts";
import { checkLegality } from "./check-legality.route.ts";
import { checkUpdate } from "./check-update.route.ts";
import { createSoftware } from "./create-software.route.ts";
import { createVersion } from "./create-version.route.ts";
import { deleteSoftware } from "./delete-software.route.ts";
import { deleteVersion } from "./delete-version.route.ts";
import { listSoftware } from "./list-software.route.ts";
import { listVersions } from "./list-versions.route.ts";
import { updateSoftware } from "./update-software.route.ts";
import { updateVersion } from "./update-version.route.ts";

/** Contract 2, but its sign-in. */
export function softwareRoutes() {
  const router = createRouter(codeEnvelope);
  for (const noun of ["software", "versions", "check"]) {
    router.use(`/api/${noun}/*`, limitBody(MAX_JSON_BYTES));
  }
  listSoftware(router);
  createSoftware(router);
  updateSoftware(router);
  deleteSoftware(router);
  listVersions(router);
  createVersion(router);
  updateVersion(router);
  deleteVersion(router);
  checkLegality(router);
  checkUpdate(router);
  return router;
}
