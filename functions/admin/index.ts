import { taskEnvelope } from "../core/envelope.ts";
import { createRouter, limitBody, MAX_JSON_BYTES } from "../core/router.ts";
import { downloadLog } from "./download-log.ts";
import { getConfig } from "./get-config.ts";
import { getStats } from "./get-stats.ts";
import { getUser } from "./get-user.ts";
import { listSystemLog } from "./list-system-log.ts";
import { listUserActions } from "./list-user-actions.ts";
import { listUsers } from "./list-users.ts";
import { updateConfig } from "./update-config.ts";
import { updateUser } from "./update-user.ts";

export { archiveLogs } from "./log-archive.ts";

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
