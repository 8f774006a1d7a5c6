import { createRoute } from "@hono/zod-openapi";
import { withUser } from "../../accounts/authenticate.middleware.ts";
import { withMaintenance } from "../../accounts/maintenance.middleware.ts";
import { userSecurity } from "../../accounts/schemas.ts";
import { dataAnswer, success } from "../../core/http/answers.ts";
import { contextOf } from "../../core/http/request.ts";
import type { Router } from "../../core/http/router.ts";
import { taskErrors, taskParam, taskSummary } from "./schemas.ts";
import { cancelTask } from "./cancel-task.ts";

const route = createRoute({
  method: "post",
  path: "/api/tasks/{task_id}/cancel",
  tags: ["Tasks"],
  summary: "Cancel an open task",
  description: "Its hold comes back; a task that ran is charged for the time until now.",
  security: userSecurity,
  middleware: [withUser, withMaintenance] as const,
  request: { params: taskParam },
  responses: {
    200: dataAnswer("As it is now", taskSummary),
    ...taskErrors("INVALID_TOKEN", "TASK_NOT_FOUND", "TASK_STATE_CONFLICT", "SERVER_UNAVAILABLE"),
  },
});

export const cancelTaskRoute = (router: Router) =>
  router.openapi(route, async (c) => {
    const task = await cancelTask(contextOf(c), c.req.valid("param").task_id);
    return c.json(success(c.var.locale, "task.cancelled", task), 200);
  });
