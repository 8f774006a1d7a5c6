import { createRoute } from "@hono/zod-openapi";
import { withUser } from "../accounts/authenticate.middleware.ts";
import { userSecurity } from "../accounts/schemas.ts";
import { contextOf } from "../core/http/request.ts";
import { jsonBody, type Router } from "../core/http/router.ts";
import { enablePlugin } from "./plugins.ts";
import { changeErrors, dataAnswer, pluginErrors, pluginName, pluginSchema, success } from "./schemas.ts";

const route = createRoute({
  method: "post",
  path: "/api/plugins/enable",
  tags: ["Plugins"],
  summary: "Let a plugin be downloaded",
  security: userSecurity,
  middleware: withUser,
  request: jsonBody(pluginName),
  responses: {
    200: dataAnswer("As the plugin is now", pluginSchema),
    ...pluginErrors(...changeErrors),
  },
});

export const enablePluginRoute = (router: Router) =>
  router.openapi(route, async (c) => {
    const data = await enablePlugin(contextOf(c), c.req.valid("json").name);
    return c.json(success(c.var.locale, "plugin.enabled", data), 200);
  });
