import { createRoute, z } from "@hono/zod-openapi";
import { contextOf } from "../core/http/request.ts";
import { answerList, beginObject } from "../core/http/list-stream.ts";
import { message } from "../core/locale/locale.ts";
import type { Router } from "../core/http/router.ts";
import { readPluginPages } from "./plugin-pages.ts";
import { dataAnswer, pluginSchema } from "./schemas.ts";

const route = createRoute({
  method: "get",
  path: "/api/plugins/list",
  tags: ["Plugins"],
  summary: "List all plugins by name",
  responses: { 200: dataAnswer("Disabled and deprecated ones too", z.array(pluginSchema)) },
});

export const listPluginsRoute = (router: Router) =>
  router.openapi(route, async (c) => {
    const head = beginObject({ success: true, message: message(c.var.locale, "plugin.listed") });
    const pages = readPluginPages(contextOf(c));
    // The answer is written while it is read, so it has no value whose type could be checked.
    return (await answerList(`${head}"data":[`, pages, () => "]}")) as never;
  });
