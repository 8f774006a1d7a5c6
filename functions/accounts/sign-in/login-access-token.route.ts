import { createRoute, z } from "@hono/zod-openapi";
import { contextOf } from "../../core/http/request.ts";
import { signInEnvelope } from "../../core/http/envelopes.ts";
import { describeErrors, type Router } from "../../core/http/router.ts";
import { originOf, rememberDevice } from "./origin.middleware.ts";
import { typedPassword } from "../schemas.ts";
import { signIn } from "./sign-in.ts";

const form = z.object({
  username: z.string().min(1).max(254).meta({ description: "A user name or a mail address" }),
  password: typedPassword,
});
const answer = z.object({ access_token: z.string(), token_type: z.literal("bearer") });

const route = createRoute({
  method: "post",
  path: "/api/v1/login/access-token",
  tags: ["Accounts"],
  summary: "Sign in with OAuth 2's password form",
  request: {
    body: { required: true, content: { "application/x-www-form-urlencoded": { schema: form } } },
  },
  responses: {
    200: { description: "Signed in", content: { "application/json": { schema: answer } } },
    ...describeErrors(signInEnvelope)("VALIDATION_ERROR", "INVALID_CREDENTIALS", "TOO_MANY_ATTEMPTS"),
  },
});

export const loginAccessTokenRoute = (router: Router) =>
  router.openapi(route, async (c) => {
    const { username: name, password } = c.req.valid("form");
    const { token, device } = await signIn(contextOf(c), { name, password, from: originOf(c) });
    rememberDevice(c, device);
    return c.json({ access_token: token, token_type: "bearer" as const }, 200);
  });
