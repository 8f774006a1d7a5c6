import { createRoute } from "@hono/zod-openapi";
import { withUser } from "../accounts/authenticate.middleware.ts";
import { userSecurity } from "../accounts/schemas.ts";
import { dataAnswer, success } from "../core/http/answers.ts";
import { contextOf } from "../core/http/request.ts";
import type { Router } from "../core/http/router.ts";
import { adminErrors, managedUserSchema, userParam } from "./schemas.ts";
import { getUser } from "./users.ts";

const route = createRoute({
  method: "get",
  path: "/api/admin/users/{user_id}",
  tags: ["Administration"],
  summary: "A user",
  security: userSecurity,
  middleware: withUser,
  request: { params: userParam },
  responses: {
    200: dataAnswer("The user", managedUserSchema),
    ...adminErrors("INVALID_TOKEN", "ACCESS_DENIED", "USER_NOT_FOUND"),
  },
});

export const getUserRoute = (router: Router) =>
  router.openapi(route, async (c) =>
    c.json(
      success(c.var.locale, "admin.user", await getUser(contextOf(c), c.req.valid("param").user_id)),
      200,
    ),
  );
