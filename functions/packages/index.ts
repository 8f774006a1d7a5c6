import { detailEnvelope } from "../core/http/envelopes.ts";
import { createRouter } from "../core/http/router.ts";
import { cleanUpStorage } from "./clean-up-storage.route.ts";
import { deletePackage } from "./delete-package.route.ts";
import { downloadPackage } from "./download-package.route.ts";
import { getStorageStats } from "./get-storage-stats.route.ts";
import { listPackages } from "./list-packages.route.ts";
import { unyankPackage } from "./unyank-package.route.ts";
import { uploadPackage } from "./upload-package.route.ts";
import { yankPackage } from "./yank-package.route.ts";

export { cleanUpWhenFull } from "./clean-up-storage.ts";
export { flushDownloads } from "./downloads.ts";
export { packagePublisher } from "./package-publisher.ts";

export function packageRoutes() {
  const router = createRouter(detailEnvelope);
  listPackages(router);
  uploadPackage(router);
  yankPackage(router);
  unyankPackage(router);
  deletePackage(router);
  downloadPackage(router);
  return router;
}

export function storageRoutes() {
  const router = createRouter(detailEnvelope);
  getStorageStats(router);
  cleanUpStorage(router);
  return router;
}
