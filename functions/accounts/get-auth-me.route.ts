import { createRoute, z } from "@hono/zod-openapi";
import { message } from "../core/locale/locale.ts";
import type { Router } from "../core/http/router.ts";
import { withOptionalUser } from "./authenticate.middleware.ts";
import { answerOf, userSecurity } from "./schemas.ts";

const state = z.object({
  is_logged_in: z.boolean(),
  username: z.string().nullable(),
  is_admin: z.boolean(),
});

const route = createRoute({
  method: "get",
  path: "/api/auth/me",
  tags: ["Accounts"],
  summary: "Whether the token signs anybody in",
  security: [{}, ...userSecurity],
  middleware: withOptionalUser,
  responses: { 200: answerOf("Signed in or not", state) },
});

export const getAuthMeRoute = (router: Router) =>
  router.openapi(route, (c) => {
    const { actor, locale } = c.var;
    const user = actor.type === "user" ? actor : undefined;
    const data = {
      is_logged_in: user !== undefined,
      username: user?.username ?? null,
      is_admin: user?.role === "admin",
    };
    return c.json(
      { success: true as const, message: message(locale, "user.state"), data, error_code: null },
      200,
    );
  });
