import { taskEnvelope } from "../core/http/envelopes.ts";
import { createRouter } from "../core/http/router.ts";
import { downloadLog } from "./download-log.route.ts";
import { listSystemLog } from "./list-system-log.route.ts";
import { listUserActions } from "./list-user-actions.route.ts";

export { archiveLogs } from "./log-archive.ts";

export function logRoutes() {
  const router = createRouter(taskEnvelope);
  listSystemLog(router);
  listUserActions(router);
  downloadLog(router);
  return router;
}
