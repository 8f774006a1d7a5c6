import { createRoute } from "@hono/zod-openapi";
import { withUser } from "../accounts/authenticate.middleware.ts";
import { userSecurity } from "../accounts/schemas.ts";
import { dataAnswer, success } from "../core/http/answers.ts";
import { contextOf } from "../core/http/request.ts";
import type { Router } from "../core/http/router.ts";
import { disableCode } from "./codes.ts";
import { billingErrors, codeIdParam, codeSchema } from "./schemas.ts";

const route = createRoute({
  method: "post",
  path: "/api/recharge/codes/{id}/disable",
  tags: ["Recharge"],
  summary: "Disable a recharge code",
  description: "For good. What it has given stays.",
  security: userSecurity,
  middleware: withUser,
  request: { params: codeIdParam },
  responses: {
    200: dataAnswer("The code as it is now", codeSchema),
    ...billingErrors("INVALID_TOKEN", "ACCESS_DENIED", "RECHARGE_CODE_NOT_FOUND"),
  },
});

export const disableCodeRoute = (router: Router) =>
  router.openapi(route, async (c) => {
    const data = await disableCode(contextOf(c), c.req.valid("param").id);
    return c.json(success(c.var.locale, "recharge.disabled", data), 200);
  });
