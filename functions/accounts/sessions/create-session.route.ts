import { createRoute, z } from "@hono/zod-openapi";
import { contextOf } from "../../core/http/request.ts";
import { errorResponses, jsonBody, type Router } from "../../core/http/router.ts";
import { typedPassword } from "../schemas.ts";
import { originOf, rememberDevice } from "../sign-in/origin.middleware.ts";
import { openConsole } from "./console-sessions.ts";
import { fromConsole, setConsoleCookie } from "./cookie.middleware.ts";

const credentials = z.object({
  username: z.string().min(1).max(254).meta({ description: "A user name or a mail address" }),
  password: typedPassword,
});

const route = createRoute({
  method: "post",
  path: "/api/v1/session",
  tags: ["Console sessions"],
  summary: "Sign in to the console",
  description: "The answer sets the cookie that signs the browser in; no script can read it.",
  middleware: fromConsole,
  request: jsonBody(credentials),
  responses: {
    204: { description: "Signed in" },
    ...errorResponses("VALIDATION_ERROR", "INVALID_CREDENTIALS", "NOT_FROM_CONSOLE", "TOO_MANY_ATTEMPTS"),
  },
});

export const createSessionRoute = (router: Router) =>
  router.openapi(route, async (c) => {
    const { username: name, password } = c.req.valid("json");
    const userAgent = c.req.header("user-agent") ?? "";
    const input = { name, password, userAgent, from: originOf(c) };
    const { secret, device } = await openConsole(contextOf(c), input);
    setConsoleCookie(c, secret);
    rememberDevice(c, device);
    return c.body(null, 204);
  });
