import { createRoute, z } from "@hono/zod-openapi";
import { withUser } from "../accounts/authenticate.middleware.ts";
import { accountId, userSecurity } from "../accounts/schemas.ts";
import { pageAnswer, success } from "../core/http/answers.ts";
import { contextOf } from "../core/http/request.ts";
import type { Router } from "../core/http/router.ts";
import { endDate, startDate } from "./log-dates.ts";
import { searchText } from "../core/http/paging.ts";
import { logErrors, logPaging } from "./schemas.ts";
import { listUserActions } from "./user-actions.ts";

const action = z
  .object({
    id: z.int(),
    timestamp: z.iso.datetime(),
    user_id: z.string().nullable().meta({ description: "Null for API keys and the service itself" }),
    username: z.string().nullable(),
    actor: z.string().meta({ description: "An account's id, `key:` and an API key's, `system` or `nobody`" }),
    action: z.string().meta({ example: "user.change" }),
    target: z.string(),
    details: z.record(z.string(), z.unknown()),
  })
  .meta({ id: "UserAction" });

const route = createRoute({
  method: "get",
  path: "/api/logs/user-actions",
  tags: ["Logs"],
  summary: "What was changed, and by whom",
  description: "The newest first, as deep as the system's log. `action` is the exact name of one.",
  security: userSecurity,
  middleware: withUser,
  request: {
    query: logPaging.extend({
      user_id: accountId.optional(),
      action: searchText.optional(),
      start_date: startDate,
      end_date: endDate,
    }),
  },
  responses: {
    200: pageAnswer("A page of actions", action),
    ...logErrors("VALIDATION_ERROR", "INVALID_TOKEN", "ACCESS_DENIED"),
  },
});

export const listUserActionsRoute = (router: Router) =>
  router.openapi(route, async (c) =>
    c.json(
      success(c.var.locale, "log.actions", await listUserActions(contextOf(c), c.req.valid("query"))),
      200,
    ),
  );
