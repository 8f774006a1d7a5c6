import { createRoute, z } from "@hono/zod-openapi";
import { contextOf } from "../../core/http/request.ts";
import { accountEnvelope } from "../../core/http/envelopes.ts";
import { message } from "../../core/locale/locale.ts";
import { describeErrors, jsonBody, type Router } from "../../core/http/router.ts";
import { clientAddress } from "../../core/http/client-address.ts";
import { proofOf, requireSigned } from "../authenticate.middleware.ts";
import { changePassword } from "./change-password.ts";
import { answerOf, newPassword, typedPassword, userSecurity } from "../schemas.ts";

const route = createRoute({
  method: "post",
  path: "/api/users/change-password",
  tags: ["Accounts"],
  summary: "Change the password, which ends every session",
  security: userSecurity,
  middleware: requireSigned,
  request: jsonBody(z.object({ current_password: typedPassword, new_password: newPassword })),
  responses: {
    200: answerOf("Changed", z.null()),
    ...describeErrors(accountEnvelope)(
      "WRONG_PASSWORD",
      "INVALID_TOKEN",
      "VALIDATION_ERROR",
      "TOO_MANY_ATTEMPTS",
    ),
  },
});

export const changePasswordRoute = (router: Router) =>
  router.openapi(route, async (c) => {
    const { current_password: current, new_password: next } = c.req.valid("json");
    const [proof, address] = [proofOf(c), clientAddress(c)];
    await changePassword(contextOf(c), { proof, address, current, next, field: "new_password" });
    const text = message(c.var.locale, "user.passwordChanged");
    return c.json({ success: true as const, message: text, data: null, error_code: null }, 200);
  });
