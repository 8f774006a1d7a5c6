import { createRoute } from "@hono/zod-openapi";
import { withUser } from "../../accounts/authenticate.middleware.ts";
import { userSecurity } from "../../accounts/schemas.ts";
import { contextOf } from "../../core/http/request.ts";
import { jsonBody, type Router } from "../../core/http/router.ts";
import { changeErrors, dataAnswer, pluginErrors, pluginVersion, success, versionSchema } from "../schemas.ts";
import { deprecateVersion } from "./versions.ts";

const route = createRoute({
  method: "post",
  path: "/api/plugins/version/deprecate",
  tags: ["Plugins"],
  summary: "Mark a version as deprecated",
  description: "It stays to be downloaded. Where it was the current one, the next best becomes it.",
  security: userSecurity,
  middleware: withUser,
  request: jsonBody(pluginVersion),
  responses: {
    200: dataAnswer("As the version is now", versionSchema),
    ...pluginErrors(...changeErrors, "PLUGIN_VERSION_NOT_FOUND"),
  },
});

export const deprecatePluginVersionRoute = (router: Router) =>
  router.openapi(route, async (c) => {
    const data = await deprecateVersion(contextOf(c), c.req.valid("json"));
    return c.json(success(c.var.locale, "plugin.versionDeprecated", data), 200);
  });
