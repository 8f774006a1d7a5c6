import { createRoute } from "@hono/zod-openapi";
import { withUser } from "../accounts/authenticate.middleware.ts";
import { userSecurity } from "../accounts/schemas.ts";
import { contextOf } from "../core/http/request.ts";
import { jsonBody, type Router } from "../core/http/router.ts";
import { disablePlugin } from "./plugins.ts";
import { changeErrors, dataAnswer, pluginErrors, pluginName, pluginSchema, success } from "./schemas.ts";

const route = createRoute({
  method: "post",
  path: "/api/plugins/disable",
  tags: ["Plugins"],
  summary: "Let a plugin be downloaded no more",
  description: "It stays in the list.",
  security: userSecurity,
  middleware: withUser,
  request: jsonBody(pluginName),
  responses: {
    200: dataAnswer("As the plugin is now", pluginSchema),
    ...pluginErrors(...changeErrors),
  },
});

export const disablePluginRoute = (router: Router) =>
  router.openapi(route, async (c) => {
    const data = await disablePlugin(contextOf(c), c.req.valid("json").name);
    return c.json(success(c.var.locale, "plugin.disabled", data), 200);
  });
