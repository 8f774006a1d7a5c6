import { taskEnvelope } from "../core/envelope.ts";
import { createRouter, limitBody, MAX_JSON_BYTES } from "../core/router.ts";
import { cancelTask } from "./cancel-task.ts";
import { createServer } from "./create-server.ts";
import { createTask } from "./create-task.ts";
import { deleteServer } from "./delete-server.ts";
import { deleteTask } from "./delete-task.ts";
import { getClusterOverview } from "./get-cluster-overview.ts";
import { getServerReadings } from "./get-server-readings.ts";
import { getServerStatus } from "./get-server-status.ts";
import { getServer } from "./get-server.ts";
import { getTaskOutput } from "./get-task-output.ts";
import { getTask } from "./get-task.ts";
import { heartbeatAgent } from "./heartbeat-agent.ts";
import { listServers } from "./list-servers.ts";
import { listTaskLogs } from "./list-task-logs.ts";
import { listTasks } from "./list-tasks.ts";
import { reportEvents } from "./report-events.ts";
import { retryTask } from "./retry-task.ts";
import { rotateServerToken } from "./rotate-server-token.ts";
import { updateServer } from "./update-server.ts";

export { inputPublisher } from "./input-publisher.ts";
export { outputPublisher } from "./output-publisher.ts";
export { expireInputs, sweepOutputs } from "./task-housekeeping.ts";
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
