import { createRoute, z } from "@hono/zod-openapi";
import { contextOf } from "../core/context.ts";
import { message } from "../core/locale.ts";
import type { Router } from "../core/router.ts";
import { streamList } from "./list-stream.ts";
import { readPluginPages } from "./plugin-pages.ts";
import { dataAnswer, pluginSchema } from "./schemas.ts";

const route = createRoute({
  method: "get",
  path: "/api/plugins/list",
  tags: ["Plugins"],
  summary: "List all plugins by name",
  responses: { 200: dataAnswer("Disabled and deprecated ones too", z.array(pluginSchema)) },
});

export const listPlugins = (router: Router) =>
  router.openapi(route, async (c) => {
    const head = { success: true, message: message(c.var.locale, "plugin.listed") };
    const body = await streamList(head, readPluginPages(contextOf(c)));
    // Written as it is read: its type is what streamList says.
    return new Response(body, { headers: { "Content-Type": "application/json" } }) as never;
  });
