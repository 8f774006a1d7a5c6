import { createRoute } from "@hono/zod-openapi";
import { withUser } from "../../accounts/authenticate.middleware.ts";
import { userSecurity } from "../../accounts/schemas.ts";
import { pageAnswer, success } from "../../core/http/answers.ts";
import { contextOf } from "../../core/http/request.ts";
import { pagingQuery } from "../../core/http/paging.ts";
import type { Router } from "../../core/http/router.ts";
import { taskErrors, taskLogLine, taskParam } from "./schemas.ts";
import { listTaskLogs } from "./list-task-logs.ts";

/** Lines of a log in one page. */
const PAGE_SIZES = { usual: 50, most: 1000 };

const route = createRoute({
  method: "get",
  path: "/api/logs/tasks/{task_id}",
  tags: ["Tasks"],
  summary: "What a task's attempts said, in order",
  security: userSecurity,
  middleware: withUser,
  request: { params: taskParam, query: pagingQuery(PAGE_SIZES) },
  responses: {
    200: pageAnswer("A page", taskLogLine),
    ...taskErrors("VALIDATION_ERROR", "INVALID_TOKEN", "TASK_NOT_FOUND"),
  },
});

export const listTaskLogsRoute = (router: Router) =>
  router.openapi(route, async (c) => {
    const page = await listTaskLogs(contextOf(c), c.req.valid("param").task_id, c.req.valid("query"));
    return c.json(success(c.var.locale, "task.logs", page), 200);
  });
