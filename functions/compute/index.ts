import { taskEnvelope } from "../core/http/envelopes.ts";
import { createRouter, limitBody, MAX_JSON_BYTES } from "../core/http/router.ts";
import { cancelTaskRoute } from "./tasks/cancel-task.route.ts";
import { createServerRoute } from "./servers/create-server.route.ts";
import { createTaskRoute } from "./tasks/create-task.route.ts";
import { deleteServerRoute } from "./servers/delete-server.route.ts";
import { deleteTaskRoute } from "./tasks/delete-task.route.ts";
import { getClusterOverviewRoute } from "./servers/get-cluster-overview.route.ts";
import { getServerReadingsRoute } from "./servers/get-server-readings.route.ts";
import { getServerStatusRoute } from "./servers/get-server-status.route.ts";
import { getServerRoute } from "./servers/get-server.route.ts";
import { getTaskOutputRoute } from "./files/get-task-output.route.ts";
import { getTaskRoute } from "./tasks/get-task.route.ts";
import { reportHeartbeatRoute } from "./agents/report-heartbeat.route.ts";
import { listServersRoute } from "./servers/list-servers.route.ts";
import { listTaskLogsRoute } from "./tasks/list-task-logs.route.ts";
import { listTasksRoute } from "./tasks/list-tasks.route.ts";
import { reportEventsRoute } from "./agents/report-events.route.ts";
import { retryTaskRoute } from "./tasks/retry-task.route.ts";
import { rotateServerTokenRoute } from "./servers/rotate-server-token.route.ts";
import { updateServerRoute } from "./servers/update-server.route.ts";

export { flushOutputDownloads } from "./files/get-task-output.ts";
export { inputPublisher } from "./files/input-publisher.ts";
export { outputPublisher } from "./files/output-publisher.ts";
export { expireInputs } from "./files/expire-inputs.ts";
export { sweepOutputs } from "./files/sweep-outputs.ts";
export { billedTasks } from "./tasks/billed-tasks.ts";
export { deleteTaskLogs } from "./tasks/delete-task-logs.ts";
export { userTaskFigures } from "./tasks/user-task-figures.sql.ts";
export { computeMetrics } from "./metrics.sql.ts";
export { tickCompute } from "./tick.ts";

/** The endpoints of tasks, GPU servers and their agents. */
export function computeRoutes() {
  const router = createRouter(taskEnvelope);
  router.use("/api/tasks/*", limitBody(MAX_JSON_BYTES));
  listTasksRoute(router);
  createTaskRoute(router);
  getTaskRoute(router);
  getTaskOutputRoute(router);
  cancelTaskRoute(router);
  retryTaskRoute(router);
  deleteTaskRoute(router);
  listTaskLogsRoute(router);
  router.use("/api/gpu/*", limitBody(MAX_JSON_BYTES));
  listServersRoute(router);
  createServerRoute(router);
  getServerRoute(router);
  updateServerRoute(router);
  deleteServerRoute(router);
  rotateServerTokenRoute(router);
  getServerStatusRoute(router);
  getServerReadingsRoute(router);
  getClusterOverviewRoute(router);
  reportHeartbeatRoute(router);
  reportEventsRoute(router);
  return router;
}
