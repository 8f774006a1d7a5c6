import type { Router } from "../../core/http/router.ts";
import { discardReleaseRoute } from "./discard-release.route.ts";
import { getDependentsRoute } from "./get-dependents.route.ts";
import { getReleaseRoute } from "./get-release.route.ts";
import { listReleasesRoute } from "./list-releases.route.ts";
import { promoteReleaseRoute } from "./promote-release.route.ts";
import { publishReleaseRoute } from "./publish-release.route.ts";
import { unyankReleaseRoute } from "./unyank-release.route.ts";
import { updateReleaseRoute } from "./update-release.route.ts";
import { updateWaitingPackageRoute } from "./update-waiting-package.route.ts";
import { yankReleaseRoute } from "./yank-release.route.ts";

export function mountReleases(router: Router): void {
  listReleasesRoute(router);
  getReleaseRoute(router);
  getDependentsRoute(router);
  updateReleaseRoute(router);
  updateWaitingPackageRoute(router);
  publishReleaseRoute(router);
  yankReleaseRoute(router);
  unyankReleaseRoute(router);
  promoteReleaseRoute(router);
  discardReleaseRoute(router);
}
