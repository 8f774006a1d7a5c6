import { createRoute, z } from "@hono/zod-openapi";
import { clientAddress } from "../core/http/client-address.ts";
import { withUser } from "../accounts/authenticate.middleware.ts";
import { withMaintenance } from "../accounts/maintenance.middleware.ts";
import { userSecurity } from "../accounts/schemas.ts";
import { dataAnswer, success } from "../core/http/answers.ts";
import { contextOf } from "../core/http/request.ts";
import { jsonBody, type Router } from "../core/http/router.ts";
import { redeemCode } from "./redeem-code.ts";
import { billingErrors, redemptionSchema } from "./schemas.ts";

/** Characters of a code, with whatever somebody types between them. */
const MAX_TYPED = 100;

const route = createRoute({
  method: "post",
  path: "/api/recharge/redeem",
  tags: ["Recharge"],
  summary: "Use a recharge code",
  description: "Once for each user. Case, spaces and hyphens do not matter.",
  security: userSecurity,
  middleware: [withUser, withMaintenance],
  request: jsonBody(z.object({ code: z.string().min(1).max(MAX_TYPED) })),
  responses: {
    200: dataAnswer("Done", redemptionSchema),
    ...billingErrors(
      "VALIDATION_ERROR",
      "INVALID_RECHARGE_CODE",
      "INVALID_TOKEN",
      "RECHARGE_CODE_USED",
      "TOO_MANY_ATTEMPTS",
      "SERVER_UNAVAILABLE",
    ),
  },
});

export const redeemCodeRoute = (router: Router) =>
  router.openapi(route, async (c) => {
    const { code } = c.req.valid("json");
    const data = await redeemCode(contextOf(c), { code, address: clientAddress(c) });
    return c.json(success(c.var.locale, "recharge.redeemed", data), 200);
  });
