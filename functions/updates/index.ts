import { detailEnvelope } from "../core/http/envelopes.ts";
import { createRouter } from "../core/http/router.ts";
import { checkVersion } from "./check-version.route.ts";

export function updateRoutes() {
  const router = createRouter(detailEnvelope);
  checkVersion(router);
  return router;
}
