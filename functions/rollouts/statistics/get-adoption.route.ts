import { createRoute, z } from "@hono/zod-openapi";
import { withApiKey } from "../../accounts/authenticate.middleware.ts";
import { apiKeySecurity } from "../../accounts/schemas.ts";
import { contextOf } from "../../core/http/request.ts";
import { errorResponses, type Router } from "../../core/http/router.ts";
import { getAdoption } from "./get-adoption.ts";
import { statisticsErrors, statisticsQuery } from "./schemas.ts";

/** Longer than devices are kept by anybody's settings. */
const MAX_DAYS = 3_660;

const parts = z.record(z.string(), z.int());

const route = createRoute({
  method: "get",
  path: "/api/v1/statistics/adoption",
  tags: ["Statistics"],
  summary: "Which versions are in use",
  description:
    "Devices that named themselves in a version check or a feed, by the version that each was seen with last. `other` stands for versions that the software does not have. Devices are forgotten after DEVICE_DAYS.",
  security: apiKeySecurity,
  middleware: withApiKey,
  request: {
    query: statisticsQuery.extend({
      days: z.coerce
        .number()
        .int()
        .min(1)
        .max(MAX_DAYS)
        .default(30)
        .meta({ description: "Devices seen in so many last days, today included" }),
    }),
  },
  responses: {
    200: {
      description: "The version with most devices first",
      content: {
        "application/json": {
          schema: z.object({
            software: z.string(),
            days: z.int(),
            devices: z.int().meta({ description: "Of all versions" }),
            versions: z.array(
              z.object({
                version: z.string(),
                devices: z.int(),
                percent: z.number(),
                platforms: parts,
                arches: parts,
                channels: parts,
              }),
            ),
          }),
        },
      },
    },
    ...errorResponses(...statisticsErrors),
  },
});

export const getAdoptionRoute = (router: Router) =>
  router.openapi(route, async (c) => c.json(await getAdoption(contextOf(c), c.req.valid("query")), 200));
