import { createRoute, z } from "@hono/zod-openapi";
import { contextOf } from "../core/http/request.ts";
import { limitQueries } from "../core/http/limit-queries.ts";
import { message } from "../core/locale/locale.ts";
import { VERSION } from "../core/product.ts";
import { errorResponses, type Router } from "../core/http/router.ts";
import { lookAtDatabase } from "./health-checks.ts";

const answer = z
  .object({
    success: z.boolean(),
    message: z.string(),
    data: z.object({
      status: z.enum(["healthy", "unhealthy"]),
      version: z.string(),
      database: z.enum(["connected", "disconnected"]),
    }),
  })
  .meta({ id: "ApiHealth" });

const content = { "application/json": { schema: answer } };

const route = createRoute({
  method: "get",
  path: "/api/health",
  operationId: "getApiHealth",
  tags: ["Service"],
  summary: "Health of the server and its database, as `{success, message, data}`",
  middleware: limitQueries,
  responses: {
    200: { description: "Healthy", content },
    503: { description: "The database is unreachable", content },
    ...errorResponses("RATE_LIMIT_EXCEEDED"),
  },
});

export const getApiHealthRoute = (router: Router) =>
  router.openapi(route, async (c) => {
    const connected = (await lookAtDatabase(contextOf(c))) === "ok";
    const text = message(c.var.locale, connected ? "healthy" : "SERVICE_UNAVAILABLE");
    const data = { version: VERSION };
    return connected
      ? c.json(
          {
            success: true,
            message: text,
            data: { ...data, status: "healthy" as const, database: "connected" as const },
          },
          200,
        )
      : c.json(
          {
            success: false,
            message: text,
            data: { ...data, status: "unhealthy" as const, database: "disconnected" as const },
          },
          503,
        );
  });
