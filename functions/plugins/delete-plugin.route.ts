import { createRoute, z } from "@hono/zod-openapi";
import { withUser } from "../accounts/authenticate.middleware.ts";
import { userSecurity } from "../accounts/schemas.ts";
import { contextOf } from "../core/http/request.ts";
import { jsonBody, type Router } from "../core/http/router.ts";
import { deletePlugin } from "./plugins.ts";
import { changeErrors, dataAnswer, pluginErrors, pluginName, success } from "./schemas.ts";

const route = createRoute({
  method: "post",
  path: "/api/plugins/delete",
  tags: ["Plugins"],
  summary: "Delete a plugin with all its versions, files and counts",
  description: "Its name is free again, for any plugin key.",
  security: userSecurity,
  middleware: withUser,
  request: jsonBody(pluginName),
  responses: {
    200: dataAnswer("Done", z.null()),
    ...pluginErrors(...changeErrors),
  },
});

export const deletePluginRoute = (router: Router) =>
  router.openapi(route, async (c) => {
    await deletePlugin(contextOf(c), c.req.valid("json").name);
    return c.json(success(c.var.locale, "plugin.deleted", null), 200);
  });
