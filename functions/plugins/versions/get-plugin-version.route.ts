import { createRoute } from "@hono/zod-openapi";
import { contextOf } from "../../core/http/request.ts";
import { jsonBody, type Router } from "../../core/http/router.ts";
import { bodyErrors, dataAnswer, pluginErrors, pluginVersion, success, versionSchema } from "../schemas.ts";
import { findVersion } from "./versions.ts";

const route = createRoute({
  method: "post",
  path: "/api/plugins/version/detail",
  tags: ["Plugins"],
  summary: "One version of a plugin",
  description: "Build metadata is no part of what a version is told by: 1.0.0+5 finds 1.0.0.",
  request: jsonBody(pluginVersion),
  responses: {
    200: dataAnswer("The version", versionSchema),
    ...pluginErrors(...bodyErrors, "PLUGIN_NOT_FOUND", "PLUGIN_VERSION_NOT_FOUND"),
  },
});

export const getPluginVersionRoute = (router: Router) =>
  router.openapi(route, async (c) => {
    const data = await findVersion(contextOf(c), c.req.valid("json"));
    return c.json(success(c.var.locale, "plugin.versionFound", data), 200);
  });
