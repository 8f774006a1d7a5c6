import { createRoute } from "@hono/zod-openapi";
import { withUser } from "../accounts/authenticate.middleware.ts";
import { userSecurity } from "../accounts/schemas.ts";
import { contextOf } from "../core/http/request.ts";
import { jsonBody, type Router } from "../core/http/router.ts";
import { deprecatePlugin } from "./plugins.ts";
import { changeErrors, dataAnswer, pluginErrors, pluginName, pluginSchema, success } from "./schemas.ts";

const route = createRoute({
  method: "post",
  path: "/api/plugins/deprecate",
  tags: ["Plugins"],
  summary: "Mark a plugin as deprecated",
  description: "It stays to be downloaded.",
  security: userSecurity,
  middleware: withUser,
  request: jsonBody(pluginName),
  responses: {
    200: dataAnswer("As the plugin is now", pluginSchema),
    ...pluginErrors(...changeErrors),
  },
});

export const deprecatePluginRoute = (router: Router) =>
  router.openapi(route, async (c) => {
    const data = await deprecatePlugin(contextOf(c), c.req.valid("json").name);
    return c.json(success(c.var.locale, "plugin.deprecated", data), 200);
  });
