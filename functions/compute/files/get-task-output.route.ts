import { createRoute, z } from "@hono/zod-openapi";
import { withUser } from "../../accounts/authenticate.middleware.ts";
import { userSecurity } from "../../accounts/schemas.ts";
import { contextOf } from "../../core/http/request.ts";
import type { Router } from "../../core/http/router.ts";
import { taskErrors, taskParam } from "../tasks/schemas.ts";
import { getTaskOutputUrl } from "./get-task-output.ts";

const route = createRoute({
  method: "get",
  path: "/api/tasks/{task_id}/outputs/{file_name}",
  tags: ["Tasks"],
  summary: "Download an output file of a completed task",
  security: userSecurity,
  middleware: withUser,
  request: { params: taskParam.extend({ file_name: z.string() }) },
  responses: {
    302: { description: "To the file in the bucket, good for six hours" },
    ...taskErrors("INVALID_TOKEN", "TASK_OUTPUT_NOT_FOUND"),
  },
});

export const getTaskOutputRoute = (router: Router) =>
  router.openapi(route, async (c) => {
    const { task_id: id, file_name: fileName } = c.req.valid("param");
    c.header("Cache-Control", "no-store");
    return c.redirect(await getTaskOutputUrl(contextOf(c), id, fileName), 302);
  });
