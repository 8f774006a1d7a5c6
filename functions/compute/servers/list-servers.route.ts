import { createRoute, z } from "@hono/zod-openapi";
import { withUser } from "../../accounts/authenticate.middleware.ts";
import { userSecurity } from "../../accounts/schemas.ts";
import { dataAnswer, success } from "../../core/http/answers.ts";
import { contextOf } from "../../core/http/request.ts";
import type { Router } from "../../core/http/router.ts";
import { taskErrors } from "../tasks/schemas.ts";
import { listedServer } from "./schemas.ts";
import { listServers } from "./servers.ts";

const route = createRoute({
  method: "get",
  path: "/api/gpu/servers",
  tags: ["GPU servers"],
  summary: "List GPU servers",
  security: userSecurity,
  middleware: withUser,
  responses: {
    200: dataAnswer("By name", z.array(listedServer)),
    ...taskErrors("INVALID_TOKEN"),
  },
});

export const listServersRoute = (router: Router) =>
  router.openapi(route, async (c) => {
    const data = await listServers(contextOf(c));
    return c.json(success(c.var.locale, "gpu.listed", data), 200);
  });
