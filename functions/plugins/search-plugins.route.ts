import { createRoute, z } from "@hono/zod-openapi";
import { pagingQuery, pageSchema, searchText } from "../core/http/paging.ts";
import { contextOf } from "../core/http/request.ts";
import type { Router } from "../core/http/router.ts";
import { dataAnswer, pluginErrors, pluginName, pluginSchema, success } from "./schemas.ts";
import { pluginStates, searchPlugins } from "./search-plugins.ts";

const route = createRoute({
  method: "get",
  path: "/api/plugins/search",
  tags: ["Plugins"],
  summary: "Search plugins, in pages by name",
  description: "`search` finds part of a name, of the name shown, or of the author, whatever the case.",
  request: {
    query: pagingQuery().extend({
      search: searchText.optional(),
      state: z
        .enum(pluginStates)
        .optional()
        .meta({ description: "`enabled` are those that are neither disabled nor deprecated" }),
      depends_on: pluginName.shape.name
        .optional()
        .meta({ description: "Only plugins whose current version depends on the plugin of this name" }),
    }),
  },
  responses: {
    200: dataAnswer("A page of plugins", pageSchema(pluginSchema)),
    ...pluginErrors("VALIDATION_ERROR"),
  },
});

export const searchPluginsRoute = (router: Router) =>
  router.openapi(route, async (c) => {
    const page = await searchPlugins(contextOf(c), c.req.valid("query"));
    return c.json(success(c.var.locale, "plugin.listed", page), 200);
  });
