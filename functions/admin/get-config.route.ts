import { createRoute } from "@hono/zod-openapi";
import { withUser } from "../accounts/authenticate.middleware.ts";
import { userSecurity } from "../accounts/schemas.ts";
import { dataAnswer, success } from "../core/http/answers.ts";
import { contextOf } from "../core/http/request.ts";
import type { Router } from "../core/http/router.ts";
import { serviceConfiguration } from "./config-schemas.ts";
import { adminErrors } from "./schemas.ts";
import { getConfig } from "./config.ts";

const route = createRoute({
  method: "get",
  path: "/api/admin/config",
  tags: ["Administration"],
  summary: "The configuration",
  security: userSecurity,
  middleware: withUser,
  responses: {
    200: dataAnswer("Every setting", serviceConfiguration),
    ...adminErrors("INVALID_TOKEN", "ACCESS_DENIED"),
  },
});

export const getConfigRoute = (router: Router) =>
  router.openapi(route, async (c) =>
    c.json(success(c.var.locale, "admin.config", await getConfig(contextOf(c))), 200),
  );
