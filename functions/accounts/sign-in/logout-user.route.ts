import { createRoute, z } from "@hono/zod-openapi";
import { contextOf } from "../../core/http/request.ts";
import { accountEnvelope } from "../../core/http/envelopes.ts";
import { message } from "../../core/locale/locale.ts";
import { describeErrors, type Router } from "../../core/http/router.ts";
import { withUser } from "../authenticate.middleware.ts";
import { answerOf, userSecurity } from "../schemas.ts";
import { endSession } from "./sessions.ts";

const route = createRoute({
  method: "post",
  path: "/api/auth/logout",
  tags: ["Accounts"],
  summary: "End this session",
  security: userSecurity,
  middleware: withUser,
  responses: {
    200: answerOf("Ended: the token is none any more", z.null()),
    ...describeErrors(accountEnvelope)("INVALID_TOKEN"),
  },
});

export const logoutUserRoute = (router: Router) =>
  router.openapi(route, async (c) => {
    await endSession(contextOf(c));
    const text = message(c.var.locale, "user.signedOut");
    return c.json({ success: true as const, message: text, data: null, error_code: null }, 200);
  });
