import { createRoute } from "@hono/zod-openapi";
import { contextOf } from "../core/http/request.ts";
import { beginsDownload } from "../downloads/beginning.ts";
import { jsonBody, type Router } from "../core/http/router.ts";
import { pluginDownloads } from "./downloads.ts";
import { bodyErrors, pluginErrors, pluginName } from "./schemas.ts";

const route = createRoute({
  method: "post",
  path: "/api/plugins/download",
  tags: ["Plugins"],
  summary: "Download the current version of a plugin",
  request: jsonBody(pluginName),
  responses: {
    303: { description: "To the file, good for at least three hours; fetch it with GET" },
    ...pluginErrors(...bodyErrors, "PLUGIN_DISABLED", "PLUGIN_NOT_FOUND"),
  },
});

export const downloadPluginRoute = (router: Router) =>
  router.openapi(route, async (c) => {
    const { name } = c.req.valid("json");
    const begins = beginsDownload((header) => c.req.header(header));
    const url = await pluginDownloads.redirect(contextOf(c), { name }, begins);
    c.header("Cache-Control", "no-store");
    return c.redirect(url, 303);
  });
