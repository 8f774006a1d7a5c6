import { createRoute, z } from "@hono/zod-openapi";
import { contextOf } from "../core/context.ts";
import { VERSION } from "../core/product.ts";
import { errorResponses, type Router } from "../core/router.ts";
import { checkDependencies } from "./health.ts";
import { countQuery } from "../core/limit-queries.ts";

const check = z.enum(["ok", "unreachable"]);
const answer = z
  .object({
    status: z.enum(["healthy", "unhealthy"]),
    timestamp: z.iso.datetime(),
    version: z.string(),
    checks: z.object({ database: check, bucket: check }).optional(),
  })
  .meta({ id: "Health" });

const route = createRoute({
  method: "get",
  path: "/health",
  tags: ["Service"],
  summary: "Health; with `deep=1` also of the database and the bucket",
  request: { query: z.object({ deep: z.enum(["0", "1"]).optional() }) },
  responses: {
    200: { description: "Healthy", content: { "application/json": { schema: answer } } },
    503: { description: "Something is unreachable", content: { "application/json": { schema: answer } } },
    ...errorResponses("VALIDATION_ERROR", "RATE_LIMIT_EXCEEDED"),
  },
});

export const getHealth = (router: Router) =>
  router.openapi(route, async (c) => {
    const timestamp = new Date(c.var.deps.clock()).toISOString();
    if (c.req.valid("query").deep !== "1")
      return c.json({ status: "healthy" as const, timestamp, version: VERSION }, 200);
    await countQuery(c);
    const checks = await checkDependencies(contextOf(c));
    return checks.database === "ok" && checks.bucket === "ok"
      ? c.json({ status: "healthy" as const, timestamp, version: VERSION, checks }, 200)
      : c.json({ status: "unhealthy" as const, timestamp, version: VERSION, checks }, 503);
  });
