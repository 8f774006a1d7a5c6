import { createRoute, z } from "@hono/zod-openapi";
import { withApiKey } from "../../accounts/authenticate.middleware.ts";
import { apiKeySecurity } from "../../accounts/schemas.ts";
import { contextOf } from "../../core/http/request.ts";
import { errorResponses, type Router } from "../../core/http/router.ts";
import { getDaily } from "./get-daily.ts";
import { statisticsErrors, statisticsQuery } from "./schemas.ts";

const route = createRoute({
  method: "get",
  path: "/api/v1/statistics/daily",
  tags: ["Statistics"],
  summary: "What happened each day",
  description:
    "By version and platform: checks with a version, offers, downloads, installs and failures of one. `other` stands for versions that the software does not have, or that nobody named. Days are those of UTC; at most 366 in one answer.",
  security: apiKeySecurity,
  middleware: withApiKey,
  request: {
    query: statisticsQuery.extend({
      from: z.iso.date().optional().meta({ description: "The first day; default: 30 days up to `to`" }),
      to: z.iso.date().optional().meta({ description: "The last day; default: today" }),
    }),
  },
  responses: {
    200: {
      description: "The first day first",
      content: {
        "application/json": {
          schema: z.object({
            software: z.string(),
            from: z.iso.date(),
            to: z.iso.date(),
            counts: z.array(
              z.object({
                day: z.iso.date(),
                version: z.string(),
                platform: z.string().meta({ description: "`unknown` where a device did not say" }),
                checks: z.int(),
                offers: z.int(),
                downloads: z.int(),
                installs: z.int(),
                failures: z.int(),
              }),
            ),
          }),
        },
      },
    },
    ...errorResponses(...statisticsErrors, "STATISTICS_RANGE"),
  },
});

export const getDailyRoute = (router: Router) =>
  router.openapi(route, async (c) => c.json(await getDaily(contextOf(c), c.req.valid("query")), 200));
