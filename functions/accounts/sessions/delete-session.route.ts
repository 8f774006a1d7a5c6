import { createRoute } from "@hono/zod-openapi";
import { contextOf } from "../../core/http/request.ts";
import { errorResponses, type Router } from "../../core/http/router.ts";
import { withOptionalUser } from "../authenticate.middleware.ts";
import { consoleSecurity } from "../schemas.ts";
import { endSession } from "../sign-in/sessions.ts";
import { clearConsoleCookie, fromConsole } from "./cookie.middleware.ts";

const route = createRoute({
  method: "delete",
  path: "/api/v1/session",
  tags: ["Console sessions"],
  summary: "Sign out of the console on this device",
  security: [{}, ...consoleSecurity],
  middleware: [fromConsole, withOptionalUser] as const,
  responses: { 204: { description: "Signed out" }, ...errorResponses("NOT_FROM_CONSOLE") },
});

export const deleteSessionRoute = (router: Router) =>
  router.openapi(route, async (c) => {
    if (c.var.actor.type === "user") await endSession(contextOf(c));
    clearConsoleCookie(c);
    return c.body(null, 204);
  });
