import { createRoute } from "@hono/zod-openapi";
import { contextOf } from "../../core/http/request.ts";
import { errorResponses, type Router } from "../../core/http/router.ts";
import { withUser } from "../authenticate.middleware.ts";
import { consoleSecurity, userSecurity } from "../schemas.ts";
import { endAllSessions } from "../sign-in/sessions.ts";
import { clearConsoleCookie } from "./cookie.middleware.ts";

const route = createRoute({
  method: "delete",
  path: "/api/v1/sessions",
  tags: ["Console sessions"],
  summary: "Sign out everywhere: all of the user's sessions and tokens end",
  security: [...consoleSecurity, ...userSecurity],
  middleware: withUser,
  responses: { 204: { description: "Signed out" }, ...errorResponses("INVALID_TOKEN", "NOT_FROM_CONSOLE") },
});

export const deleteSessionsRoute = (router: Router) =>
  router.openapi(route, async (c) => {
    await endAllSessions(contextOf(c));
    clearConsoleCookie(c);
    return c.body(null, 204);
  });
