import { createRoute, z } from "@hono/zod-openapi";
import { contextOf } from "../../core/http/request.ts";
import { accountEnvelope } from "../../core/http/envelopes.ts";
import { message, textKey } from "../../core/locale/locale.ts";
import { describeErrors, jsonBody, type Router } from "../../core/http/router.ts";
import { originOf, rememberDevice } from "./origin.middleware.ts";
import { role, typedPassword } from "../schemas.ts";
import { signIn } from "./sign-in.ts";

const name = z.string().max(254).nullish();
const session = {
  token: z.string(),
  token_type: z.literal("bearer"),
  expires_in: z.int().meta({ description: "Seconds: 86400 by user name, 1800 by mail address" }),
};

const loginAnswer = z
  .object({
    success: z.literal(true),
    message: z.string(),
    ...session,
    data: z.object({
      ...session,
      access_token: z.string(),
      user: z.object({ id: z.string(), email: z.string(), username: z.string(), role }),
    }),
  })
  .meta({ id: "Login" });

const route = createRoute({
  method: "post",
  path: "/api/auth/login",
  tags: ["Accounts"],
  summary: "Sign in by user name or mail address",
  description: "Either name works in either field; what has an `@` is a mail address.",
  request: jsonBody(
    z
      .object({ username: name, email: name, password: typedPassword })
      .refine(({ username, email }) => Boolean(username || email), {
        message: textKey("user.noName"),
        path: ["username"],
      }),
  ),
  responses: {
    200: { description: "Signed in", content: { "application/json": { schema: loginAnswer } } },
    ...describeErrors(accountEnvelope)("VALIDATION_ERROR", "INVALID_CREDENTIALS", "TOO_MANY_ATTEMPTS"),
  },
});

export const loginUserRoute = (router: Router) =>
  router.openapi(route, async (c) => {
    const { username, email, password } = c.req.valid("json");
    const credentials = { name: username || email || "", password, from: originOf(c) };
    const { token, expiresIn, user, device } = await signIn(contextOf(c), credentials);
    rememberDevice(c, device);
    const session = { token, token_type: "bearer" as const, expires_in: expiresIn };
    const text = message(c.var.locale, "user.signedIn");
    const data = { ...session, access_token: token, user };
    return c.json({ success: true as const, message: text, ...session, data }, 200);
  });
