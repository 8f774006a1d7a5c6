import { createRoute } from "@hono/zod-openapi";
import { withUser } from "../../accounts/authenticate.middleware.ts";
import { userSecurity } from "../../accounts/schemas.ts";
import { pageAnswer, success } from "../../core/http/answers.ts";
import { contextOf } from "../../core/http/request.ts";
import type { Router } from "../../core/http/router.ts";
import { taskErrors, taskQuery, taskSummary } from "./schemas.ts";
import { listTasks } from "./list-tasks.ts";

const route = createRoute({
  method: "get",
  path: "/api/tasks",
  tags: ["Tasks"],
  summary: "List tasks, one's own if nobody says otherwise",
  security: userSecurity,
  middleware: withUser,
  request: { query: taskQuery },
  responses: {
    200: pageAnswer("A page", taskSummary),
    ...taskErrors("VALIDATION_ERROR", "INVALID_TOKEN", "ACCESS_DENIED"),
  },
});

export const listTasksRoute = (router: Router) =>
  router.openapi(route, async (c) => {
    const page = await listTasks(contextOf(c), c.req.valid("query"));
    return c.json(success(c.var.locale, "task.listed", page), 200);
  });
