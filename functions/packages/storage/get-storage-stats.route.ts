import { createRoute, z } from "@hono/zod-openapi";
import { readCredential } from "../../accounts/authenticate.middleware.ts";
import { readSecurity } from "../../accounts/schemas.ts";
import { contextOf } from "../../core/http/request.ts";
import { errorResponses, type Router } from "../../core/http/router.ts";
import { limitQueries } from "../../core/http/limit-queries.ts";
import { getStorageStats } from "./get-storage-stats.ts";

const bytes = z.int();
const answer = z
  .object({
    status: z.enum(["healthy", "warning", "cleanup", "critical"]),
    usage_percentage: z.number(),
    recommendations: z.array(z.string()),
    stats: z.object({
      total_size: bytes,
      used_size: bytes,
      available_size: bytes,
      usage_percentage: z.number(),
      updates_total_size: bytes,
      full_packages_size: bytes,
      patch_packages_size: bytes,
      hotfix_packages_size: bytes,
      temp_size: bytes.meta({ description: "Reserved by unfinished uploads" }),
      timestamp: z.iso.datetime(),
    }),
    thresholds: z
      .object({ warning: z.number(), cleanup: z.number(), critical: z.number() })
      .meta({ description: "From how many percent of the quota; uploads are refused above all of it alone" }),
  })
  .meta({ id: "StorageStatistics" });

const route = createRoute({
  method: "get",
  path: "/api/v1/storage/stats",
  tags: ["Storage"],
  summary: "Storage statistics in bytes, from running totals",
  description:
    "While there is private software, sums are rounded up to whole percents of the quota for whoever may not read all of it.",
  security: readSecurity,
  middleware: limitQueries,
  responses: {
    200: { description: "Statistics", content: { "application/json": { schema: answer } } },
    ...errorResponses("RATE_LIMIT_EXCEEDED"),
  },
});

export const getStorageStatsRoute = (router: Router) =>
  router.openapi(route, async (c) => c.json(await getStorageStats(contextOf(c), readCredential(c)), 200));
