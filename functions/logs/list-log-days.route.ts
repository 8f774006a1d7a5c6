import { createRoute, z } from "@hono/zod-openapi";
import { withUser } from "../accounts/authenticate.middleware.ts";
import { userSecurity } from "../accounts/schemas.ts";
import { dataAnswer, success } from "../core/http/answers.ts";
import { contextOf } from "../core/http/request.ts";
import type { Router } from "../core/http/router.ts";
import { listLogDays } from "./list-log-days.ts";
import { logDate } from "./log-dates.ts";
import { logNames } from "./log-kinds.ts";
import { logErrors } from "./schemas.ts";

const day = z
  .object({ date: logDate.meta({ description: "UTC" }), size: z.int().meta({ description: "Bytes" }) })
  .meta({ id: "LogDay" });

const route = createRoute({
  method: "get",
  path: "/api/logs/days",
  tags: ["Logs"],
  summary: "The archived days of a log",
  description:
    "The oldest first, at most 1,000: those that have left the database for the bucket. Name the last one as `after` to see more.",
  security: userSecurity,
  middleware: withUser,
  request: {
    query: z.object({
      log_type: z.enum(logNames).meta({ example: "system" }),
      after: logDate.optional(),
    }),
  },
  responses: {
    200: dataAnswer("The days", z.object({ items: z.array(day) })),
    ...logErrors("VALIDATION_ERROR", "INVALID_TOKEN", "ACCESS_DENIED", "SERVICE_UNAVAILABLE"),
  },
});

export const listLogDaysRoute = (router: Router) =>
  router.openapi(route, async (c) => {
    const { log_type, after } = c.req.valid("query");
    return c.json(success(c.var.locale, "log.days", await listLogDays(contextOf(c), log_type, after)), 200);
  });
