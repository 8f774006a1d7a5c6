import { createRoute, z } from "@hono/zod-openapi";
import { withUser } from "../accounts/authenticate.middleware.ts";
import { newUserShape, role, userSecurity } from "../accounts/schemas.ts";
import { createUser } from "../accounts/users.ts";
import { dataAnswer, success } from "../core/http/answers.ts";
import { contextOf } from "../core/http/request.ts";
import { jsonBody, type Router } from "../core/http/router.ts";
import { adminErrors, managedUserSchema } from "./schemas.ts";

const route = createRoute({
  method: "post",
  path: "/api/admin/users",
  tags: ["Administration"],
  summary: "Make an account for somebody else",
  description:
    "As an administrator's, where `role` says so: account and role are there together, or neither is.",
  security: userSecurity,
  middleware: withUser,
  request: jsonBody(z.object({ ...newUserShape, role: role.default("user") })),
  responses: {
    200: dataAnswer("The user", managedUserSchema),
    ...adminErrors(
      "VALIDATION_ERROR",
      "INVALID_TOKEN",
      "ACCESS_DENIED",
      "USERNAME_EXISTS",
      "USERNAME_LOOKS_TAKEN",
      "EMAIL_EXISTS",
    ),
  },
});

export const createUserRoute = (router: Router) =>
  router.openapi(route, async (c) => {
    const data = { ...(await createUser(contextOf(c), c.req.valid("json"))), is_active: true };
    return c.json(success(c.var.locale, "admin.userCreated", data), 200);
  });
