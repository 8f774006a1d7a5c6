import { createRoute } from "@hono/zod-openapi";
import { withUser } from "../../accounts/authenticate.middleware.ts";
import { withMaintenance } from "../../accounts/maintenance.middleware.ts";
import { userSecurity } from "../../accounts/schemas.ts";
import { dataAnswer, success } from "../../core/http/answers.ts";
import { contextOf } from "../../core/http/request.ts";
import { jsonBody, type Router } from "../../core/http/router.ts";
import { idempotencyHeader, newTask, taskErrors, taskSummary } from "./schemas.ts";
import { createTask } from "./create-task.ts";

const route = createRoute({
  method: "post",
  path: "/api/tasks",
  tags: ["Tasks"],
  summary: "Create a task",
  description:
    "Holds the price of `estimated_duration` from the balance. Completion charges the minutes used, at most the hold, and returns the rest; a failed task costs nothing.",
  security: userSecurity,
  middleware: [withUser, withMaintenance] as const,
  request: { ...jsonBody(newTask), headers: idempotencyHeader },
  responses: {
    200: dataAnswer("Created, and waiting for a server", taskSummary),
    ...taskErrors(
      "VALIDATION_ERROR",
      "INSUFFICIENT_BALANCE",
      "INVALID_TOKEN",
      "IDEMPOTENCY_CONFLICT",
      "TASK_LIMIT_EXCEEDED",
      "SERVER_UNAVAILABLE",
    ),
  },
});

export const createTaskRoute = (router: Router) =>
  router.openapi(route, async (c) => {
    const key = c.req.valid("header")["idempotency-key"];
    const task = await createTask(contextOf(c), c.req.valid("json"), key);
    return c.json(success(c.var.locale, "task.created", task), 200);
  });
