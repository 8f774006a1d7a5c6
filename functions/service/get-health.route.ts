import { createRoute, z } from "@hono/zod-openapi";
import { contextOf } from "../core/http/request.ts";
import { countQuery } from "../core/http/limit-queries.ts";
import { message } from "../core/locale/locale.ts";
import { VERSION } from "../core/product.ts";
import { errorResponses, type Router } from "../core/http/router.ts";
import { checkStates } from "./health-checks.ts";
import { checkHealth } from "./health.ts";

const { database, bucket, durability, cron, jobs, quota, clock } = checkStates;
const checks = z.object({
  database: z.enum(database),
  bucket: z.enum(bucket),
  durability: z.enum(durability).optional().meta({ description: "Whether the database syncs each commit" }),
  cron: z.enum(cron).optional(),
  jobs: z.enum(jobs).optional(),
  quota: z.enum(quota).optional().meta({ description: "`high` from 85 %, `critical` from 95 %" }),
  clock: z.enum(clock).optional().meta({ description: "Against the clocks of database and bucket" }),
});
const problem = z.object({
  check: z.string().meta({ example: "bucket" }),
  state: z.string().meta({ example: "missing" }),
  severity: z.enum(["error", "warning"]),
  message: z.string().meta({ description: "What to do, in the language of Accept-Language" }),
});
const answer = z
  .object({
    status: z.enum(["healthy", "degraded", "unhealthy"]),
    timestamp: z.iso.datetime(),
    version: z.string(),
    checks: checks.optional(),
    problems: z.array(problem).optional(),
  })
  .meta({ id: "Health" });

const content = { "application/json": { schema: answer } };

const route = createRoute({
  method: "get",
  path: "/health",
  tags: ["Service"],
  summary: "Health; with `deep=1` also of all that the service needs, as found within the last 5 seconds",
  request: { query: z.object({ deep: z.enum(["0", "1"]).optional() }) },
  responses: {
    200: {
      description: "Healthy, or degraded: it serves, and `problems` says what will not go on well",
      content,
    },
    503: { description: "Unhealthy: something that it needs to serve does not work", content },
    ...errorResponses("VALIDATION_ERROR", "RATE_LIMIT_EXCEEDED"),
  },
});

export const getHealthRoute = (router: Router) =>
  router.openapi(route, async (c) => {
    const timestamp = new Date(c.var.deps.clock()).toISOString();
    if (c.req.valid("query").deep !== "1")
      return c.json({ status: "healthy" as const, timestamp, version: VERSION }, 200);
    await countQuery(c);
    const { status, checks: found, problems } = await checkHealth(contextOf(c));
    const { database: ofDatabase = "unreachable", bucket: ofBucket = "unreachable", ...rest } = found;
    const body = {
      status,
      timestamp,
      version: VERSION,
      checks: { database: ofDatabase, bucket: ofBucket, ...rest },
      problems: problems.map(({ check, state, severity, message: key }) => {
        return { check, state, severity, message: message(c.var.locale, key) };
      }),
    };
    return status === "unhealthy" ? c.json(body, 503) : c.json(body, 200);
  });
