import { createRoute, z } from "@hono/zod-openapi";
import { contextOf } from "../core/http/request.ts";
import { accountEnvelope } from "../core/http/envelopes.ts";
import { message } from "../core/locale/locale.ts";
import { describeErrors, jsonBody, type Router } from "../core/http/router.ts";
import { withUser } from "./authenticate.middleware.ts";
import { answerOf, fullName, username, userSchema, userSecurity } from "./schemas.ts";
import { updateCurrentUser } from "./users.ts";

const route = createRoute({
  method: "put",
  path: "/api/users/me",
  tags: ["Accounts"],
  summary: "Change the signed-in user's names",
  security: userSecurity,
  middleware: withUser,
  request: jsonBody(z.object({ username: username.nullish(), full_name: fullName })),
  responses: {
    200: answerOf("As the user is now", userSchema),
    ...describeErrors(accountEnvelope)(
      "VALIDATION_ERROR",
      "INVALID_TOKEN",
      "USERNAME_EXISTS",
      "USERNAME_LOOKS_TAKEN",
    ),
  },
});

export const updateCurrentUserRoute = (router: Router) =>
  router.openapi(route, async (c) => {
    const data = await updateCurrentUser(contextOf(c), c.req.valid("json"));
    return c.json(
      { success: true as const, message: message(c.var.locale, "user.updated"), data, error_code: null },
      200,
    );
  });
