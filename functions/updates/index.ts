import { detailEnvelope } from "../core/http/envelopes.ts";
import { createRouter } from "../core/http/router.ts";
import { checkVersion } from "./check-version.route.ts";
import { cleanUpStorage } from "../packages/clean-up-storage.route.ts";
import { deletePackage } from "../packages/delete-package.route.ts";
import { downloadPackage } from "../packages/download-package.route.ts";
import { getApiHealth } from "../service/get-api-health.route.ts";
import { getHealth } from "../service/get-health.route.ts";
import { getService } from "../service/get-service.route.ts";
import { getStorageStats } from "../packages/get-storage-stats.route.ts";
import { listPackages } from "../packages/list-packages.route.ts";
import { unyankPackage } from "../packages/unyank-package.route.ts";
import { uploadPackage } from "../packages/upload-package.route.ts";
import { yankPackage } from "../packages/yank-package.route.ts";

export { cleanUpWhenFull } from "../packages/clean-up-storage.ts";
export { flushDownloads } from "../packages/downloads.ts";
export { packagePublisher } from "../packages/package-publisher.ts";

export function updateRoutes() {
  const router = createRouter(detailEnvelope);
  getService(router);
  getHealth(router);
  getApiHealth(router);
  checkVersion(router);
  listPackages(router);
  uploadPackage(router);
  yankPackage(router);
  unyankPackage(router);
  deletePackage(router);
  getStorageStats(router);
  cleanUpStorage(router);
  downloadPackage(router);
  return router;
}
