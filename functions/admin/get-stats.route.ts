import { createRoute, z } from "@hono/zod-openapi";
import { withUserOrKey } from "../accounts/authenticate.middleware.ts";
import { userOrKeySecurity } from "../accounts/schemas.ts";
import { dataAnswer, success } from "../core/http/answers.ts";
import { contextOf } from "../core/http/request.ts";
import type { Router } from "../core/http/router.ts";
import { adminErrors } from "./schemas.ts";
import { getStats } from "./get-stats.ts";

const stats = z
  .object({
    total_users: z.int(),
    active_users: z.int().meta({ description: "Accounts that are not deactivated" }),
    total_tasks: z.int(),
    running_tasks: z.int(),
    completed_tasks: z.int(),
    failed_tasks: z.int(),
    total_gpu_servers: z.int(),
    online_gpu_servers: z.int().meta({ description: "Seen within the last three polls" }),
    total_revenue: z.number().meta({
      description:
        "What users were charged for their tasks, less refunds; neither recharges nor what is held",
    }),
    total_recharged: z
      .number()
      .meta({ description: "What users added to their balances with recharge codes" }),
  })
  .meta({ id: "SystemStats" });

const route = createRoute({
  method: "get",
  path: "/api/admin/stats",
  tags: ["Administration"],
  summary: "Figures of the whole service",
  description: "For administrators, and for API keys with the scope `metrics:read`.",
  security: userOrKeySecurity,
  middleware: withUserOrKey,
  responses: {
    200: dataAnswer("The figures of this moment", stats),
    ...adminErrors("INVALID_TOKEN", "ACCESS_DENIED", "INSUFFICIENT_SCOPE"),
  },
});

export const getStatsRoute = (router: Router) =>
  router.openapi(route, async (c) =>
    c.json(success(c.var.locale, "admin.stats", await getStats(contextOf(c))), 200),
  );
