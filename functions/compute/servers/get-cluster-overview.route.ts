import { createRoute } from "@hono/zod-openapi";
import { withUser } from "../../accounts/authenticate.middleware.ts";
import { userSecurity } from "../../accounts/schemas.ts";
import { dataAnswer, success } from "../../core/http/answers.ts";
import { contextOf } from "../../core/http/request.ts";
import type { Router } from "../../core/http/router.ts";
import { getClusterOverview } from "./get-cluster-overview.ts";
import { taskErrors } from "../tasks/schemas.ts";
import { overview } from "./schemas.ts";

const route = createRoute({
  method: "get",
  path: "/api/gpu/cluster/overview",
  tags: ["GPU servers"],
  summary: "The figures of all GPU servers together",
  security: userSecurity,
  middleware: withUser,
  responses: {
    200: dataAnswer("The figures", overview),
    ...taskErrors("INVALID_TOKEN"),
  },
});

export const getClusterOverviewRoute = (router: Router) =>
  router.openapi(route, async (c) => {
    const data = await getClusterOverview(contextOf(c));
    return c.json(success(c.var.locale, "gpu.overview", data), 200);
  });
