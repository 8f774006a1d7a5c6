import { createRoute } from "@hono/zod-openapi";
import { withUser } from "../../accounts/authenticate.middleware.ts";
import { withMaintenance } from "../../accounts/maintenance.middleware.ts";
import { userSecurity } from "../../accounts/schemas.ts";
import { dataAnswer, success } from "../../core/http/answers.ts";
import { contextOf } from "../../core/http/request.ts";
import type { Router } from "../../core/http/router.ts";
import { taskErrors, taskParam, taskSummary } from "./schemas.ts";
import { retryTask } from "./retry-task.ts";

const route = createRoute({
  method: "post",
  path: "/api/tasks/{task_id}/retry",
  tags: ["Tasks"],
  summary: "Run a failed or cancelled task again",
  description: "As if it were new: the same checks, and a hold of its own.",
  security: userSecurity,
  middleware: [withUser, withMaintenance] as const,
  request: { params: taskParam },
  responses: {
    200: dataAnswer("As it is now", taskSummary),
    ...taskErrors(
      "INSUFFICIENT_BALANCE",
      "INVALID_TOKEN",
      "TASK_NOT_FOUND",
      "TASK_STATE_CONFLICT",
      "VALIDATION_ERROR",
      "TASK_LIMIT_EXCEEDED",
      "SERVER_UNAVAILABLE",
    ),
  },
});

export const retryTaskRoute = (router: Router) =>
  router.openapi(route, async (c) => {
    const task = await retryTask(contextOf(c), c.req.valid("param").task_id);
    return c.json(success(c.var.locale, "task.restarted", task), 200);
  });
