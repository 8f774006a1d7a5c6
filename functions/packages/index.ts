import { detailEnvelope } from "../core/http/envelopes.ts";
import { createRouter } from "../core/http/router.ts";
import { cleanUpStorageRoute } from "./storage/clean-up-storage.route.ts";
import { deleteCompanionRoute } from "./companions/delete-companion.route.ts";
import { deletePackageRoute } from "./delete-package.route.ts";
import { downloadPackageRoute } from "./download-package.route.ts";
import { getStorageStatsRoute } from "./storage/get-storage-stats.route.ts";
import { listPackagesRoute } from "./list-packages.route.ts";
import { mountReleases } from "./releases/index.ts";
import { unyankPackageRoute } from "./unyank-package.route.ts";
import { updatePackageRoute } from "./update-package.route.ts";
import { uploadPackageRoute } from "./upload-package.route.ts";
import { yankPackageRoute } from "./yank-package.route.ts";

export { cleanUpWhenFull } from "./storage/clean-up-storage.ts";
export { packageDownloads } from "./downloads.ts";
export { companionPublisher } from "./companions/companion-publisher.ts";
export { packageMetrics } from "./storage/metrics.ts";
export { packagePublisher } from "./package-publisher.ts";

export function packageRoutes() {
  const router = createRouter(detailEnvelope);
  listPackagesRoute(router);
  uploadPackageRoute(router);
  yankPackageRoute(router);
  unyankPackageRoute(router);
  updatePackageRoute(router);
  deletePackageRoute(router);
  deleteCompanionRoute(router);
  downloadPackageRoute(router);
  mountReleases(router);
  return router;
}

export function storageRoutes() {
  const router = createRouter(detailEnvelope);
  getStorageStatsRoute(router);
  cleanUpStorageRoute(router);
  return router;
}
