import { createRoute, z } from "@hono/zod-openapi";
import { withUser } from "../accounts/authenticate.middleware.ts";
import { role, userSecurity } from "../accounts/schemas.ts";
import { amount } from "../billing/money.ts";
import { dataAnswer, success } from "../core/http/answers.ts";
import { contextOf } from "../core/http/request.ts";
import { jsonBody, type Router } from "../core/http/router.ts";
import { title } from "../kit/text.ts";
import { adminErrors, managedUserSchema, userParam } from "./schemas.ts";
import { updateUser } from "./users.ts";

/** More than all recharge codes of one batch are worth. */
const MAX_BALANCE = 1_000_000_000;
const MAX_FULL_NAME = 100;

const route = createRoute({
  method: "put",
  path: "/api/admin/users/{user_id}",
  tags: ["Administration"],
  summary: "Change a user's role, activation, balance or full name",
  description:
    "What is absent stays as it is. A balance is set by a ledger entry of the difference. Who is deactivated or no longer an administrator is signed out everywhere; the last active administrator stays one.",
  security: userSecurity,
  middleware: withUser,
  request: {
    params: userParam,
    ...jsonBody(
      z.object({
        role: role.optional(),
        is_active: z.boolean().optional(),
        balance: amount({ min: 0, max: MAX_BALANCE }).optional(),
        full_name: title(0, MAX_FULL_NAME).optional(),
      }),
    ),
  },
  responses: {
    200: dataAnswer("As the user is now", managedUserSchema),
    ...adminErrors(
      "VALIDATION_ERROR",
      "INVALID_TOKEN",
      "ACCESS_DENIED",
      "USER_NOT_FOUND",
      "LAST_ADMINISTRATOR",
    ),
  },
});

export const updateUserRoute = (router: Router) =>
  router.openapi(route, async (c) => {
    const data = await updateUser(contextOf(c), c.req.valid("param").user_id, c.req.valid("json"));
    return c.json(success(c.var.locale, "admin.userUpdated", data), 200);
  });
