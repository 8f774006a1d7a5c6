import { createRoute, z } from "@hono/zod-openapi";
import { contextOf } from "../../core/http/request.ts";
import { codeEnvelope } from "../../core/http/envelopes.ts";
import { describeErrors, jsonBody, type Router } from "../../core/http/router.ts";
import { originOf, rememberDevice } from "./origin.middleware.ts";
import { typedPassword } from "../schemas.ts";
import { signIn } from "./sign-in.ts";

const answer = z.object({
  code: z.literal(200),
  data: z.object({ token: z.string(), expires_at: z.iso.datetime() }),
});

const route = createRoute({
  method: "post",
  path: "/api/admin/login",
  tags: ["Accounts"],
  summary: "Sign in as an administrator",
  description: "Anybody else gets the answer of a wrong password.",
  request: jsonBody(z.object({ username: z.string().min(1).max(254), password: typedPassword })),
  responses: {
    200: { description: "Signed in", content: { "application/json": { schema: answer } } },
    ...describeErrors(codeEnvelope)("VALIDATION_ERROR", "INVALID_CREDENTIALS", "TOO_MANY_ATTEMPTS"),
  },
});

export const loginAdminRoute = (router: Router) =>
  router.openapi(route, async (c) => {
    const { username: name, password } = c.req.valid("json");
    const credentials = { name, password, from: originOf(c), adminOnly: true };
    const { token, expiresAt, device } = await signIn(contextOf(c), credentials);
    rememberDevice(c, device);
    const data = { token, expires_at: new Date(expiresAt).toISOString() };
    return c.json({ code: 200 as const, data }, 200);
  });
