import { createRoute, z } from "@hono/zod-openapi";
import { withUser } from "../accounts/authenticate.middleware.ts";
import { accountId, userSecurity } from "../accounts/schemas.ts";
import { pageAnswer, success } from "../core/http/answers.ts";
import { contextOf } from "../core/http/request.ts";
import { pagingQuery } from "../core/http/paging.ts";
import type { Router } from "../core/http/router.ts";
import { listMovements, listRecharges } from "./list-records.ts";
import { billingErrors, recordSchema } from "./schemas.ts";

const type = z
  .enum(["recharge", "all"])
  .default("recharge")
  .meta({ description: "`all`: everything that moved the balance, tasks and adjustments included" });

const userId = accountId.optional().meta({ description: "For administrators: this user's records" });

const route = createRoute({
  method: "get",
  path: "/api/recharge/records",
  tags: ["Recharge"],
  summary: "A user's recharges, newest first; one's own if nobody says otherwise",
  security: userSecurity,
  middleware: withUser,
  request: { query: pagingQuery().extend({ type, user_id: userId }) },
  responses: {
    200: pageAnswer("A page", recordSchema),
    ...billingErrors("VALIDATION_ERROR", "INVALID_TOKEN", "ACCESS_DENIED"),
  },
});

export const listRecordsRoute = (router: Router) =>
  router.openapi(route, async (c) => {
    const { type: asked, ...filter } = c.req.valid("query");
    const list = asked === "all" ? listMovements : listRecharges;
    const data = await list(contextOf(c), filter);
    return c.json(success(c.var.locale, "recharge.records", data), 200);
  });
