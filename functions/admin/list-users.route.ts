import { createRoute, z } from "@hono/zod-openapi";
import { withUser } from "../accounts/authenticate.middleware.ts";
import { role, userSecurity } from "../accounts/schemas.ts";
import { pageAnswer, success } from "../core/http/answers.ts";
import { contextOf } from "../core/http/request.ts";
import { pagingQuery } from "../core/http/paging.ts";
import type { Router } from "../core/http/router.ts";
import { searchText } from "../core/http/paging.ts";
import { adminErrors, managedUserSchema } from "./schemas.ts";
import { listUsers } from "./users.ts";

const route = createRoute({
  method: "get",
  path: "/api/admin/users",
  tags: ["Administration"],
  summary: "List users",
  description: "The newest first. `search` finds part of a user name, mail address or full name.",
  security: userSecurity,
  middleware: withUser,
  request: {
    query: pagingQuery().extend({
      role: role.optional(),
      is_active: z
        .enum(["true", "false"])
        .transform((value) => value === "true")
        .optional(),
      search: searchText.optional(),
    }),
  },
  responses: {
    200: pageAnswer("A page of users", managedUserSchema),
    ...adminErrors("VALIDATION_ERROR", "INVALID_TOKEN", "ACCESS_DENIED"),
  },
});

export const listUsersRoute = (router: Router) =>
  router.openapi(route, async (c) =>
    c.json(success(c.var.locale, "admin.users", await listUsers(contextOf(c), c.req.valid("query"))), 200),
  );
