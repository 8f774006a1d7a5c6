import { createRoute } from "@hono/zod-openapi";
import { withUser } from "../accounts/authenticate.middleware.ts";
import { userSecurity } from "../accounts/schemas.ts";
import { dataAnswer, success } from "../core/http/answers.ts";
import { contextOf } from "../core/http/request.ts";
import { jsonBody, type Router } from "../core/http/router.ts";
import { configurationChanges, serviceConfiguration } from "./config-schemas.ts";
import { adminErrors } from "./schemas.ts";
import { updateConfig } from "./config.ts";

const route = createRoute({
  method: "put",
  path: "/api/admin/config",
  tags: ["Administration"],
  summary: "Change settings",
  description: "Any of them; what is absent stays as it is. The whole service acts on them within seconds.",
  security: userSecurity,
  middleware: withUser,
  request: jsonBody(configurationChanges),
  responses: {
    200: dataAnswer("Every setting, as it is now", serviceConfiguration),
    ...adminErrors("VALIDATION_ERROR", "INVALID_TOKEN", "ACCESS_DENIED"),
  },
});

export const updateConfigRoute = (router: Router) =>
  router.openapi(route, async (c) =>
    c.json(
      success(c.var.locale, "admin.configUpdated", await updateConfig(contextOf(c), c.req.valid("json"))),
      200,
    ),
  );
