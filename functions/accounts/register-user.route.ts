import { createRoute, z } from "@hono/zod-openapi";
import { contextOf } from "../core/http/request.ts";
import { accountEnvelope } from "../core/http/envelopes.ts";
import { limitQueries } from "../core/http/limit-queries.ts";
import { message } from "../core/locale/locale.ts";
import { describeErrors, jsonBody, type Router } from "../core/http/router.ts";
import { answerOf, newUserShape, userSchema } from "./schemas.ts";
import { registerUser } from "./users.ts";

const route = createRoute({
  method: "post",
  path: "/api/auth/register",
  tags: ["Accounts"],
  summary: "Register",
  description:
    "Names and mail addresses that differ only in case or width are the same; a name that looks like another's is refused.",
  middleware: limitQueries,
  request: jsonBody(z.object(newUserShape)),
  responses: {
    200: answerOf("Registered", userSchema),
    ...describeErrors(accountEnvelope)(
      "VALIDATION_ERROR",
      "USERNAME_EXISTS",
      "USERNAME_LOOKS_TAKEN",
      "EMAIL_EXISTS",
      "RATE_LIMIT_EXCEEDED",
    ),
  },
});

export const registerUserRoute = (router: Router) =>
  router.openapi(route, async (c) => {
    const data = await registerUser(contextOf(c), c.req.valid("json"));
    return c.json(
      { success: true as const, message: message(c.var.locale, "user.registered"), data, error_code: null },
      200,
    );
  });
