import { createRoute } from "@hono/zod-openapi";
import { withUser } from "../../accounts/authenticate.middleware.ts";
import { userSecurity } from "../../accounts/schemas.ts";
import { dataAnswer, success } from "../../core/http/answers.ts";
import { contextOf } from "../../core/http/request.ts";
import type { Router } from "../../core/http/router.ts";
import { checkLedger } from "./check-ledger.ts";
import { billingErrors, ledgerCheckSchema } from "../schemas.ts";

const route = createRoute({
  method: "get",
  path: "/api/admin/ledger/check",
  tags: ["Recharge"],
  summary: "Recompute all money and say whether it adds up",
  description: "The same check runs every day and logs an error where something does not.",
  security: userSecurity,
  middleware: withUser,
  responses: {
    200: dataAnswer("What was found", ledgerCheckSchema),
    ...billingErrors("INVALID_TOKEN", "ACCESS_DENIED"),
  },
});

export const checkLedgerRoute = (router: Router) =>
  router.openapi(route, async (c) => {
    const data = await checkLedger(contextOf(c));
    return c.json(success(c.var.locale, data.ok ? "ledger.right" : "ledger.wrong", data), 200);
  });
