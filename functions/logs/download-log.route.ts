import { createRoute, z } from "@hono/zod-openapi";
import { withUser } from "../accounts/authenticate.middleware.ts";
import { userSecurity } from "../accounts/schemas.ts";
import { contextOf } from "../core/http/request.ts";
import type { Router } from "../core/http/router.ts";
import { logDate } from "./log-dates.ts";
import { downloadLog } from "./download-log.ts";
import { logNames } from "./log-kinds.ts";
import { logErrors } from "./schemas.ts";

const route = createRoute({
  method: "get",
  path: "/api/logs/download",
  tags: ["Logs"],
  summary: "Download a day of a log",
  description:
    "Redirects to a signed URL of a file in the bucket, one JSON object a line, in the order of time. A day that the database still holds is written there first, as it is now.",
  security: userSecurity,
  middleware: withUser,
  request: {
    query: z.object({
      log_type: z.enum(logNames).meta({ example: "system" }),
      date: logDate.meta({ description: "UTC", example: "2026-01-15" }),
    }),
  },
  responses: {
    302: { description: "To the file, good for an hour" },
    ...logErrors("VALIDATION_ERROR", "INVALID_TOKEN", "ACCESS_DENIED", "LOG_NOT_FOUND"),
  },
});

export const downloadLogRoute = (router: Router) =>
  router.openapi(route, async (c) => {
    const { log_type: log, date } = c.req.valid("query");
    c.header("Cache-Control", "no-store");
    return c.redirect(await downloadLog(contextOf(c), log, date), 302);
  });
