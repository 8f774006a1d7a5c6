import { createRoute } from "@hono/zod-openapi";
import { contextOf } from "../../core/http/request.ts";
import { limitQueries } from "../../core/http/limit-queries.ts";
import { jsonBody, type Router } from "../../core/http/router.ts";
import { readDevice } from "../../rollouts/device.middleware.ts";
import { checkUpdates } from "./check-updates.ts";
import { updatesRequest, updatesSchema } from "./schemas.ts";
import { bodyErrors, dataAnswer, pluginErrors, success } from "../schemas.ts";

const route = createRoute({
  method: "post",
  path: "/api/plugins/updates",
  tags: ["Plugins"],
  summary: "What is newer than mine and fits",
  description:
    "For each plugin its newest version, if that is newer and neither deprecated nor for other engines; a pre-release only for who has one.",
  middleware: limitQueries,
  request: jsonBody(updatesRequest),
  responses: {
    200: dataAnswer("Updates, and what else is to be known of the installed versions", updatesSchema),
    ...pluginErrors(...bodyErrors, "RESOLUTION_TOO_COMPLEX", "RATE_LIMIT_EXCEEDED"),
  },
});

export const checkUpdatesRoute = (router: Router) =>
  router.openapi(route, async (c) => {
    const { device_id, force, ...asked } = c.req.valid("json");
    const { id, isForced } = readDevice(c);
    const device = { id: device_id || id, isForced: force || isForced };
    const data = await checkUpdates(contextOf(c), { ...asked, device }, new URL(c.req.url).origin);
    return c.json(success(c.var.locale, "resolve.updates", data), 200);
  });
