import { createRoute } from "@hono/zod-openapi";
import { contextOf } from "../core/http/request.ts";
import { accountEnvelope } from "../core/http/envelopes.ts";
import { message } from "../core/locale/locale.ts";
import { describeErrors, type Router } from "../core/http/router.ts";
import { withUser } from "./authenticate.middleware.ts";
import { answerOf, userSchema, userSecurity } from "./schemas.ts";
import { getCurrentUser } from "./users.ts";

const route = createRoute({
  method: "get",
  path: "/api/users/me",
  tags: ["Accounts"],
  summary: "The signed-in user",
  security: userSecurity,
  middleware: withUser,
  responses: {
    200: answerOf("The user", userSchema),
    ...describeErrors(accountEnvelope)("INVALID_TOKEN"),
  },
});

export const getCurrentUserRoute = (router: Router) =>
  router.openapi(route, async (c) => {
    const data = await getCurrentUser(contextOf(c));
    return c.json(
      { success: true as const, message: message(c.var.locale, "user.found"), data, error_code: null },
      200,
    );
  });
