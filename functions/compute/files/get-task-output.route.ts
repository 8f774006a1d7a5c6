import { createRoute, z } from "@hono/zod-openapi";
import { withOptionalUser } from "../../accounts/authenticate.middleware.ts";
import { userSecurity } from "../../accounts/schemas.ts";
import { contextOf } from "../../core/http/request.ts";
import type { Router } from "../../core/http/router.ts";
import { beginsDownload } from "../../downloads/beginning.ts";
import { fileHeaders } from "../../downloads/links.ts";
import { taskErrors, taskParam } from "../tasks/schemas.ts";
import { getTaskOutput, getTaskOutputUrl } from "./get-task-output.ts";

const route = createRoute({
  method: "get",
  path: "/api/tasks/{task_id}/outputs/{file_name}",
  tags: ["Tasks"],
  summary: "Download an output file of a completed task",
  description:
    "For whoever may see the task, or by the `token` of a `download_url`. Redirects to a signed URL in the bucket, which serves ranges; ask here again for a fresh one. HEAD answers size, type and SHA-256.",
  security: [...userSecurity, {}],
  middleware: withOptionalUser,
  request: {
    params: taskParam.extend({ file_name: z.string() }),
    query: z.object({
      token: z
        .string()
        .max(100)
        .optional()
        .meta({ description: "Of the task's `download_url`: no sign-in is needed with it" }),
    }),
  },
  responses: {
    200: { description: "HEAD only: `Content-Length`, `Content-Type`, `X-Checksum-SHA256` (hex)" },
    302: { description: "To the file in the bucket, good for six hours" },
    ...taskErrors("INVALID_TOKEN", "TASK_OUTPUT_NOT_FOUND", "VALIDATION_ERROR"),
  },
});

export const getTaskOutputRoute = (router: Router) =>
  router.openapi(route, async (c) => {
    const { task_id: taskId, file_name: fileName } = c.req.valid("param");
    const name = { taskId, fileName, token: c.req.valid("query").token };
    if (c.req.method === "HEAD")
      return new Response(null, { headers: fileHeaders(await getTaskOutput(contextOf(c), name)) });
    c.header("Cache-Control", "no-store");
    const begins = beginsDownload((header) => c.req.header(header));
    return c.redirect(await getTaskOutputUrl(contextOf(c), name, begins), 302);
  });
