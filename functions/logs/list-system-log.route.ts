import { createRoute, z } from "@hono/zod-openapi";
import { withUser } from "../accounts/authenticate.middleware.ts";
import { userSecurity } from "../accounts/schemas.ts";
import { pageAnswer, success } from "../core/http/answers.ts";
import { contextOf } from "../core/http/request.ts";
import type { Router } from "../core/http/router.ts";
import { endDate, startDate } from "./log-dates.ts";
import { searchText } from "../core/http/paging.ts";
import { logErrors, logLevel, logPaging } from "./schemas.ts";
import { listSystemLog } from "./system-log.ts";

const entry = z
  .object({
    id: z.int(),
    timestamp: z.iso.datetime(),
    level: logLevel,
    message: z.string(),
    request_id: z.string().nullable().meta({ description: "The `X-Request-Id` of the request's answer" }),
    details: z.record(z.string(), z.unknown()),
  })
  .meta({ id: "SystemLogEntry" });

const route = createRoute({
  method: "get",
  path: "/api/logs/system",
  tags: ["Logs"],
  summary: "The system's log",
  description:
    "The newest first, by level, period and part of a text. It goes 10,000 entries back and a search looks at 100,000: choose earlier dates to see more. Older days are in the bucket: download them.",
  security: userSecurity,
  middleware: withUser,
  request: {
    query: logPaging.extend({
      level: logLevel.optional(),
      start_date: startDate,
      end_date: endDate,
      search: searchText.optional(),
    }),
  },
  responses: {
    200: pageAnswer("A page of entries", entry),
    ...logErrors("VALIDATION_ERROR", "INVALID_TOKEN", "ACCESS_DENIED"),
  },
});

export const listSystemLogRoute = (router: Router) =>
  router.openapi(route, async (c) =>
    c.json(success(c.var.locale, "log.system", await listSystemLog(contextOf(c), c.req.valid("query"))), 200),
  );
