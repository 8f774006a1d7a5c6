import { codeEnvelope } from "../core/envelope.ts";
import { createRouter, limitBody, MAX_JSON_BYTES } from "../core/router.ts";
import { checkLegality } from "./check-legality.ts";
import { checkUpdate } from "./check-update.ts";
import { createSoftware } from "./create-software.ts";
import { createVersion } from "./create-version.ts";
import { deleteSoftware } from "./delete-software.ts";
import { deleteVersion } from "./delete-version.ts";
import { listSoftware } from "./list-software.ts";
import { listVersions } from "./list-versions.ts";
import { updateSoftware } from "./update-software.ts";
import { updateVersion } from "./update-version.ts";

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
