import { createRoute } from "@hono/zod-openapi";
import { withUser } from "../accounts/authenticate.middleware.ts";
import { userSecurity } from "../accounts/schemas.ts";
import { pageAnswer, success } from "../core/http/answers.ts";
import { contextOf } from "../core/http/request.ts";
import { pagingQuery } from "../core/http/paging.ts";
import type { Router } from "../core/http/router.ts";
import { listCodes } from "./codes.ts";
import { batchId, billingErrors, codeSchema, codeStatus } from "./schemas.ts";

const route = createRoute({
  method: "get",
  path: "/api/recharge/codes",
  tags: ["Recharge"],
  summary: "List recharge codes, newest first",
  security: userSecurity,
  middleware: withUser,
  request: { query: pagingQuery().extend({ status: codeStatus.optional(), batch_id: batchId.optional() }) },
  responses: {
    200: pageAnswer("A page", codeSchema),
    ...billingErrors("VALIDATION_ERROR", "INVALID_TOKEN", "ACCESS_DENIED"),
  },
});

export const listCodesRoute = (router: Router) =>
  router.openapi(route, async (c) => {
    const data = await listCodes(contextOf(c), c.req.valid("query"));
    return c.json(success(c.var.locale, "recharge.listed", data), 200);
  });
