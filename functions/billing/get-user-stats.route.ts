import { createRoute } from "@hono/zod-openapi";
import { withUser } from "../accounts/authenticate.middleware.ts";
import { userSecurity } from "../accounts/schemas.ts";
import { dataAnswer, success } from "../core/http/answers.ts";
import { contextOf } from "../core/http/request.ts";
import type { Router } from "../core/http/router.ts";
import { billingErrors, statisticsSchema } from "./schemas.ts";
import { getUserStats } from "./get-user-stats.ts";

const route = createRoute({
  method: "get",
  path: "/api/users/stats",
  tags: ["Accounts"],
  summary: "The signed-in user's tasks and what they cost",
  security: userSecurity,
  middleware: withUser,
  responses: {
    200: dataAnswer("The figures", statisticsSchema),
    ...billingErrors("INVALID_TOKEN"),
  },
});

export const getUserStatsRoute = (router: Router) =>
  router.openapi(route, async (c) => {
    const data = await getUserStats(contextOf(c));
    return c.json(success(c.var.locale, "user.statistics", data), 200);
  });
