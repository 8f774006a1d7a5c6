import { taskEnvelope } from "../core/http/envelopes.ts";
import { createRouter, limitBody, MAX_JSON_BYTES } from "../core/http/router.ts";
import { downloadLog } from "../logs/download-log.route.ts";
import { getConfig } from "./get-config.route.ts";
import { getStats } from "./get-stats.route.ts";
import { getUser } from "./get-user.route.ts";
import { listSystemLog } from "../logs/list-system-log.route.ts";
import { listUserActions } from "../logs/list-user-actions.route.ts";
import { listUsers } from "./list-users.route.ts";
import { updateConfig } from "./update-config.route.ts";
import { updateUser } from "./update-user.route.ts";

export { archiveLogs } from "../logs/log-archive.ts";

export function adminRoutes() {
  const router = createRouter(taskEnvelope);
  router.use("/api/admin/users/*", limitBody(MAX_JSON_BYTES));
  router.use("/api/admin/config", limitBody(MAX_JSON_BYTES));
  getStats(router);
  listUsers(router);
  getUser(router);
  updateUser(router);
  getConfig(router);
  updateConfig(router);
  return router;
}

export function logRoutes() {
  const router = createRouter(taskEnvelope);
  listSystemLog(router);
  listUserActions(router);
  downloadLog(router);
  return router;
}
