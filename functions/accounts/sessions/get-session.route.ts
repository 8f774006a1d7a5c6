import { createRoute, z } from "@hono/zod-openapi";
import { contextOf } from "../../core/http/request.ts";
import type { Router } from "../../core/http/router.ts";
import { withOptionalUser } from "../authenticate.middleware.ts";
import { consoleSecurity, userSchema } from "../schemas.ts";
import { getConsoleUser } from "./console-sessions.ts";
import { clearConsoleCookie, consoleCookie, setConsoleCookie } from "./cookie.middleware.ts";

const answer = z.object({ user: z.union([userSchema, z.null()]) }).meta({ id: "ConsoleSession" });

const route = createRoute({
  method: "get",
  path: "/api/v1/session",
  tags: ["Console sessions"],
  summary: "Who is signed in to the console; nobody is no error",
  security: [{}, ...consoleSecurity],
  middleware: withOptionalUser,
  responses: {
    200: { description: "The user, or null", content: { "application/json": { schema: answer } } },
  },
});

export const getSessionRoute = (router: Router) =>
  router.openapi(route, async (c) => {
    const user = await getConsoleUser(contextOf(c));
    const secret = consoleCookie(c);
    if (secret && user) setConsoleCookie(c, secret);
    else if (secret) clearConsoleCookie(c);
    return c.json({ user }, 200);
  });
