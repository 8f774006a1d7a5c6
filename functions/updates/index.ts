import { detailEnvelope } from "../core/envelope.ts";
import { createRouter } from "../core/router.ts";
import { checkVersion } from "./check-version.ts";
import { cleanUpStorage } from "./clean-up-storage.ts";
import { deletePackage } from "./delete-package.ts";
import { downloadPackage } from "./download-package.ts";
import { getApiHealth } from "./get-api-health.ts";
import { getHealth } from "./get-health.ts";
import { getService } from "./get-service.ts";
import { getStorageStats } from "./get-storage-stats.ts";
import { listPackages } from "./list-packages.ts";
import { unyankPackage } from "./unyank-package.ts";
import { uploadPackage } from "./upload-package.ts";
import { yankPackage } from "./yank-package.ts";

export { cleanUpWhenFull } from "./cleanup.ts";
export { flushDownloads } from "./downloads.ts";
export { packagePublisher } from "./package-publisher.ts";

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
