import { createRoute, z } from "@hono/zod-openapi";
import { withUser } from "../../accounts/authenticate.middleware.ts";
import { withMaintenance } from "../../accounts/maintenance.middleware.ts";
import { userSecurity } from "../../accounts/schemas.ts";
import { dataAnswer, success } from "../../core/http/answers.ts";
import { contextOf } from "../../core/http/request.ts";
import type { Router } from "../../core/http/router.ts";
import { taskErrors, taskParam } from "./schemas.ts";
import { deleteTask } from "./delete-task.ts";

const route = createRoute({
  method: "delete",
  path: "/api/tasks/{task_id}",
  tags: ["Tasks"],
  summary: "Delete an ended task with its logs and outputs",
  security: userSecurity,
  middleware: [withUser, withMaintenance] as const,
  request: { params: taskParam },
  responses: {
    200: dataAnswer("Done", z.null()),
    ...taskErrors("INVALID_TOKEN", "TASK_NOT_FOUND", "TASK_STATE_CONFLICT", "SERVER_UNAVAILABLE"),
  },
});

export const deleteTaskRoute = (router: Router) =>
  router.openapi(route, async (c) => {
    await deleteTask(contextOf(c), c.req.valid("param").task_id);
    return c.json(success(c.var.locale, "task.deleted", null), 200);
  });
