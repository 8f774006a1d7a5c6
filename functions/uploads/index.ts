import { detailEnvelope } from "../core/http/envelopes.ts";
import { createRouter, limitBody } from "../core/http/router.ts";
import { abortUploadRoute } from "./abort-upload.route.ts";
import { completeUploadRoute } from "./complete-upload.route.ts";
import { createUploadRoute } from "./create-upload.route.ts";
import { getUploadRoute } from "./get-upload.route.ts";
import { signPartsRoute } from "./sign-parts.route.ts";

export { takeFurtherDigests } from "./verification/further-digests.ts";
export { uploadMetrics } from "./metrics.ts";
export { registerPublishers } from "./publishers.ts";
export { collectGarbage, expireUploads, sweepStaging, verifyUploads } from "./jobs/housekeeping.ts";
export { watchQuota } from "./jobs/quota-levels.ts";
export { reconcileObjects, reconcileTotals, sweepOrphanedStaging } from "./jobs/reconciliation.ts";

/** Bodies of 10,000 parts with their ETags fit; nothing else here is nearly as large. */
const MAX_BODY_BYTES = 2 * 1024 * 1024;

export function uploadRoutes() {
  const router = createRouter(detailEnvelope);
  router.use("/api/v1/uploads/*", limitBody(MAX_BODY_BYTES));
  createUploadRoute(router);
  signPartsRoute(router);
  completeUploadRoute(router);
  getUploadRoute(router);
  abortUploadRoute(router);
  return router;
}
