import { createRoute } from "@hono/zod-openapi";
import { contextOf } from "../../core/http/request.ts";
import { limitQueries } from "../../core/http/limit-queries.ts";
import { jsonBody, type Router } from "../../core/http/router.ts";
import { conflictSchema, planSchema, resolveRequest } from "./schemas.ts";
import { resolvePlugins } from "./resolve-plugins.ts";
import { bodyErrors, dataAnswer, pluginErrors, success } from "../schemas.ts";

const route = createRoute({
  method: "post",
  path: "/api/plugins/resolve",
  tags: ["Plugins"],
  summary: "Which versions to install so that everything fits",
  description:
    "The newest set of versions that satisfies every range and engine, in install order. Deprecated versions are in it only where nothing else fits, and plugins that are only `installed` keep their version where they can; those that are disabled stay as they are, with a notice.",
  middleware: limitQueries,
  request: jsonBody(resolveRequest),
  responses: {
    200: dataAnswer("The plan", planSchema),
    ...pluginErrors(...bodyErrors, "RESOLUTION_TOO_COMPLEX", "RATE_LIMIT_EXCEEDED"),
    409: {
      description:
        "`RESOLUTION_CONFLICT`: in short, then who wants what from the request outwards; without any one of these, the others leave a solution",
      content: { "application/json": { schema: conflictSchema } },
    },
  },
});

export const resolvePluginsRoute = (router: Router) =>
  router.openapi(route, async (c) => {
    const resolved = await resolvePlugins(contextOf(c), c.req.valid("json"), new URL(c.req.url).origin);
    if (resolved.found) return c.json(success(c.var.locale, "resolve.done", resolved.plan), 200);
    const { message, summary, conflict } = resolved;
    return c.json({ success: false as const, message, data: { summary, conflict } }, 409);
  });
