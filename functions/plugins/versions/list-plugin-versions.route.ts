import { createRoute, z } from "@hono/zod-openapi";
import { contextOf } from "../../core/http/request.ts";
import { answerList, beginObject } from "../../core/http/list-stream.ts";
import { message } from "../../core/locale/locale.ts";
import { jsonBody, type Router } from "../../core/http/router.ts";
import { bodyErrors, dataAnswer, pluginErrors, pluginName, versionSchema } from "../schemas.ts";
import { listVersions } from "./versions.ts";

const route = createRoute({
  method: "post",
  path: "/api/plugins/versions",
  tags: ["Plugins"],
  summary: "List the versions of a plugin, the highest first",
  request: jsonBody(pluginName),
  responses: {
    200: dataAnswer("All of them", z.array(versionSchema)),
    ...pluginErrors(...bodyErrors, "PLUGIN_NOT_FOUND"),
  },
});

export const listPluginVersionsRoute = (router: Router) =>
  router.openapi(route, async (c) => {
    const head = beginObject({ success: true, message: message(c.var.locale, "plugin.versionsListed") });
    const pages = listVersions(contextOf(c), c.req.valid("json").name);
    // The answer is written while it is read, so it has no value whose type could be checked.
    return (await answerList(`${head}"data":[`, pages, () => "]}")) as never;
  });
