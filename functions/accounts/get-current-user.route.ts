import { createRoute } from "@hono/zod-openapi";
import { contextOf } from "../core/http/request.ts";
import { accountEnvelope } from "../core/http/envelopes.ts";
import { message } from "../core/locale/locale.ts";
import { describeErrors, type Router } from "../core/http/router.ts";
import { withUser } from "./authenticate.middleware.ts";
import { answerOf, userSchema, userSecurity } from "./schemas.ts";
import { currentUser } from "./users.ts";

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

export const getUserRoute = (router: Router) =>
  router.openapi(route, async (c) => {
    const data = await currentUser(contextOf(c));
    return c.json(
      { success: true as const, message: message(c.var.locale, "user.found"), data, error_code: null },
      200,
    );
  });
