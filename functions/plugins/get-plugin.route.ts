import { createRoute, z } from "@hono/zod-openapi";
import { contextOf } from "../core/http/request.ts";
import { answerList, beginObject } from "../core/http/list-stream.ts";
import { message } from "../core/locale/locale.ts";
import { jsonBody, type Router } from "../core/http/router.ts";
import { findPlugin } from "./plugins.ts";
import { bodyErrors, dataAnswer, pluginErrors, pluginName, pluginSchema, versionSchema } from "./schemas.ts";

const route = createRoute({
  method: "post",
  path: "/api/plugins/detail",
  tags: ["Plugins"],
  summary: "A plugin with its versions, the highest first",
  request: jsonBody(pluginName),
  responses: {
    200: dataAnswer("The plugin", z.object({ plugin: pluginSchema, versions: z.array(versionSchema) })),
    ...pluginErrors(...bodyErrors, "PLUGIN_NOT_FOUND"),
  },
});

export const getPluginRoute = (router: Router) =>
  router.openapi(route, async (c) => {
    const { plugin, versions } = await findPlugin(contextOf(c), c.req.valid("json").name);
    const head = beginObject({ success: true, message: message(c.var.locale, "plugin.found") });
    const before = `${head}"data":${beginObject({ plugin })}"versions":[`;
    // The answer is written while it is read, so it has no value whose type could be checked.
    return (await answerList(before, versions, () => "]}}")) as never;
  });
