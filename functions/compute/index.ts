import { taskEnvelope } from "../core/http/envelopes.ts";
import { createRouter, limitBody, MAX_JSON_BYTES } from "../core/http/router.ts";
import { cancelTask } from "./tasks/cancel-task.route.ts";
import { createServer } from "./servers/create-server.route.ts";
import { createTask } from "./tasks/create-task.route.ts";
import { deleteServer } from "./servers/delete-server.route.ts";
import { deleteTask } from "./tasks/delete-task.route.ts";
import { getClusterOverview } from "./servers/get-cluster-overview.route.ts";
import { getServerReadings } from "./servers/get-server-readings.route.ts";
import { getServerStatus } from "./servers/get-server-status.route.ts";
import { getServer } from "./servers/get-server.route.ts";
import { getTaskOutput } from "./files/get-task-output.route.ts";
import { getTask } from "./tasks/get-task.route.ts";
import { heartbeatAgent } from "./agents/heartbeat-agent.route.ts";
import { listServers } from "./servers/list-servers.route.ts";
import { listTaskLogs } from "./tasks/list-task-logs.route.ts";
import { listTasks } from "./tasks/list-tasks.route.ts";
import { reportEvents } from "./agents/report-events.route.ts";
import { retryTask } from "./tasks/retry-task.route.ts";
import { rotateServerToken } from "./servers/rotate-server-token.route.ts";
import { updateServer } from "./servers/update-server.route.ts";

export { inputPublisher } from "./files/input-publisher.ts";
export { outputPublisher } from "./files/output-publisher.ts";
export { expireInputs, sweepOutputs } from "./files/housekeeping.ts";
export { tickCompute } from "./tick.ts";

/** Contract 4's tasks and GPU servers, and what their agents say. */
export function computeRoutes() {
  const router = createRouter(taskEnvelope);
  router.use("/api/tasks/*", limitBody(MAX_JSON_BYTES));
  listTasks(router);
  createTask(router);
  getTask(router);
  getTaskOutput(router);
  cancelTask(router);
  retryTask(router);
  deleteTask(router);
  listTaskLogs(router);
  router.use("/api/gpu/*", limitBody(MAX_JSON_BYTES));
  listServers(router);
  createServer(router);
  getServer(router);
  updateServer(router);
  deleteServer(router);
  rotateServerToken(router);
  getServerStatus(router);
  getServerReadings(router);
  getClusterOverview(router);
  heartbeatAgent(router);
  reportEvents(router);
  return router;
}
