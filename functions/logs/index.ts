import { taskEnvelope } from "../core/http/envelopes.ts";
import { createRouter } from "../core/http/router.ts";
import { downloadLogRoute } from "./download-log.route.ts";
import { listLogDaysRoute } from "./list-log-days.route.ts";
import { listSystemLogRoute } from "./list-system-log.route.ts";
import { listUserActionsRoute } from "./list-user-actions.route.ts";

export { archiveLogs } from "./log-archive.ts";
export { registerTaskLogDeletion, type DeleteLines } from "./log-kinds.ts";

export function logRoutes() {
  const router = createRouter(taskEnvelope);
  listSystemLogRoute(router);
  listUserActionsRoute(router);
  listLogDaysRoute(router);
  downloadLogRoute(router);
  return router;
}
