import { createRoute } from "@hono/zod-openapi";
import { contextOf } from "../../core/http/request.ts";
import { beginsDownload } from "../../downloads/beginning.ts";
import { fileHeaders } from "../../downloads/links.ts";
import { jsonBody, type Router } from "../../core/http/router.ts";
import { pluginDownloads } from "../downloads.ts";
import { bodyErrors, pluginErrors, pluginVersion } from "../schemas.ts";

const described = { path: "/api/plugins/version/download", tags: ["Plugins"] };
const errors = pluginErrors(...bodyErrors, "PLUGIN_DISABLED", "PLUGIN_NOT_FOUND", "PLUGIN_VERSION_NOT_FOUND");

const posted = createRoute({
  ...described,
  method: "post",
  summary: "Download one version of a plugin",
  request: jsonBody(pluginVersion),
  responses: {
    303: { description: "To the file, good for at least three hours; fetch it with GET" },
    ...errors,
  },
});

const linked = createRoute({
  ...described,
  method: "get",
  summary: "The same as a link that always works",
  description: "HEAD answers size, type and SHA-256.",
  request: { query: pluginVersion },
  responses: {
    200: { description: "HEAD only: `Content-Length`, `Content-Type`, `X-Checksum-SHA256` (hex)" },
    302: { description: "To the file, good for at least three hours" },
    ...errors,
  },
});

export const downloadPluginVersionRoute = (router: Router) => {
  router.openapi(posted, async (c) => {
    const begins = beginsDownload((name) => c.req.header(name));
    const url = await pluginDownloads.redirect(contextOf(c), c.req.valid("json"), begins);
    c.header("Cache-Control", "no-store");
    return c.redirect(url, 303);
  });
  router.openapi(linked, async (c) => {
    const path = c.req.valid("query");
    if (c.req.method === "HEAD")
      return new Response(null, { headers: fileHeaders(await pluginDownloads.find(contextOf(c), path)) });
    const begins = beginsDownload((name) => c.req.header(name));
    const url = await pluginDownloads.redirect(contextOf(c), path, begins);
    c.header("Cache-Control", "no-store");
    return c.redirect(url, 302);
  });
};
