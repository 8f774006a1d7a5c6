import { detailEnvelope } from "../core/envelope.ts";
import { createRouter, limitBody } from "../core/router.ts";
import { completeUpload } from "./complete-upload.ts";
import { createParts } from "./create-parts.ts";
import { createUpload } from "./create-upload.ts";
import { deleteUpload } from "./delete-upload.ts";
import { getUpload } from "./get-upload.ts";

export { FURTHER_DIGESTS, takeFurtherDigests } from "./further-digests.ts";
export { collectGarbage, expireUploads, sweepStaging, verifyUploads } from "./housekeeping.ts";
export { reconcileObjects, reconcileTotals, sweepOrphanedStaging } from "./reconciliation.ts";

/** 10,000 parts with their ETags fit; nothing else here comes near. */
const MAX_BODY_BYTES = 2 * 1024 * 1024;

export function uploadRoutes() {
  const router = createRouter(detailEnvelope);
  router.use("/api/v1/uploads/*", limitBody(MAX_BODY_BYTES));
  createUpload(router);
  createParts(router);
  completeUpload(router);
  getUpload(router);
  deleteUpload(router);
  return router;
}
