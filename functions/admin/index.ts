import { taskEnvelope } from "../core/http/envelopes.ts";
import { createRouter, limitBody, MAX_JSON_BYTES } from "../core/http/router.ts";
import { getConfig } from "./get-config.route.ts";
import { getStats } from "./get-stats.route.ts";
import { getUser } from "./get-user.route.ts";
import { listUsers } from "./list-users.route.ts";
import { updateConfig } from "./update-config.route.ts";
import { updateUser } from "./update-user.route.ts";

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
