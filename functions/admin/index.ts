import { taskEnvelope } from "../core/http/envelopes.ts";
import { createRouter, limitBody, MAX_JSON_BYTES } from "../core/http/router.ts";
import { createUserRoute } from "./create-user.route.ts";
import { getConfigRoute } from "./get-config.route.ts";
import { getStatsRoute } from "./get-stats.route.ts";
import { getUserRoute } from "./get-user.route.ts";
import { listJobsRoute } from "./list-jobs.route.ts";
import { listUsersRoute } from "./list-users.route.ts";
import { updateConfigRoute } from "./update-config.route.ts";
import { updateUserRoute } from "./update-user.route.ts";

export function adminRoutes() {
  const router = createRouter(taskEnvelope);
  router.use("/api/admin/users/*", limitBody(MAX_JSON_BYTES));
  router.use("/api/admin/config", limitBody(MAX_JSON_BYTES));
  getStatsRoute(router);
  listUsersRoute(router);
  createUserRoute(router);
  getUserRoute(router);
  updateUserRoute(router);
  getConfigRoute(router);
  updateConfigRoute(router);
  listJobsRoute(router);
  return router;
}
