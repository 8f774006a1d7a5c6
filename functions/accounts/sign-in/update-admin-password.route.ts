import { createRoute, z } from "@hono/zod-openapi";
import { contextOf } from "../../core/http/request.ts";
import { codeEnvelope } from "../../core/http/envelopes.ts";
import { message } from "../../core/locale/locale.ts";
import { describeErrors, jsonBody, type Router } from "../../core/http/router.ts";
import { clientAddress } from "../../core/http/client-address.ts";
import { proofOf, requireSigned } from "../authenticate.middleware.ts";
import { changePassword } from "./change-password.ts";
import { newPassword, typedPassword, userSecurity } from "../schemas.ts";

const answer = z.object({ code: z.literal(200), message: z.string() });

const route = createRoute({
  method: "put",
  path: "/api/admin/password",
  tags: ["Accounts"],
  summary: "Change an administrator's password, which ends every session",
  security: userSecurity,
  middleware: requireSigned,
  request: jsonBody(z.object({ old_password: typedPassword, new_password: newPassword })),
  responses: {
    200: { description: "Changed", content: { "application/json": { schema: answer } } },
    ...describeErrors(codeEnvelope)(
      "WRONG_PASSWORD",
      "VALIDATION_ERROR",
      "INVALID_TOKEN",
      "ACCESS_DENIED",
      "TOO_MANY_ATTEMPTS",
    ),
  },
});

export const updateAdminPasswordRoute = (router: Router) =>
  router.openapi(route, async (c) => {
    const { old_password: current, new_password: next } = c.req.valid("json");
    const [proof, address] = [proofOf(c), clientAddress(c)];
    const ctx = contextOf(c);
    await changePassword(ctx, { proof, address, current, next, field: "new_password", adminOnly: true });
    return c.json({ code: 200 as const, message: message(c.var.locale, "user.passwordChanged") }, 200);
  });
