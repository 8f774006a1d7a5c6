import { createRoute } from "@hono/zod-openapi";
import { withUser } from "../../accounts/authenticate.middleware.ts";
import { userSecurity } from "../../accounts/schemas.ts";
import { dataAnswer, success } from "../../core/http/answers.ts";
import { contextOf } from "../../core/http/request.ts";
import type { Router } from "../../core/http/router.ts";
import { taskErrors, taskParam, taskSchema } from "./schemas.ts";
import { getTask } from "./get-task.ts";

const route = createRoute({
  method: "get",
  path: "/api/tasks/{task_id}",
  tags: ["Tasks"],
  summary: "A task with its result and output files",
  security: userSecurity,
  middleware: withUser,
  request: { params: taskParam },
  responses: {
    200: dataAnswer("The task", taskSchema),
    ...taskErrors("INVALID_TOKEN", "TASK_NOT_FOUND"),
  },
});

export const getTaskRoute = (router: Router) =>
  router.openapi(route, async (c) => {
    const task = await getTask(contextOf(c), c.req.valid("param").task_id);
    return c.json(success(c.var.locale, "task.found", task), 200);
  });
