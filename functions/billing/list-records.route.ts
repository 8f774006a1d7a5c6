import { createRoute, z } from "@hono/zod-openapi";
import { withUser } from "../accounts/authenticate.middleware.ts";
import { userSecurity } from "../accounts/schemas.ts";
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

const route = createRoute({
  method: "get",
  path: "/api/recharge/records",
  tags: ["Recharge"],
  summary: "The signed-in user's recharges, newest first",
  security: userSecurity,
  middleware: withUser,
  request: { query: pagingQuery().extend({ type }) },
  responses: {
    200: pageAnswer("A page", recordSchema),
    ...billingErrors("VALIDATION_ERROR", "INVALID_TOKEN"),
  },
});

export const listRecordsRoute = (router: Router) =>
  router.openapi(route, async (c) => {
    const { type: asked, ...paging } = c.req.valid("query");
    const list = asked === "all" ? listMovements : listRecharges;
    const data = await list(contextOf(c), paging);
    return c.json(success(c.var.locale, "recharge.records", data), 200);
  });
