import { createRoute, z } from "@hono/zod-openapi";
import { withApiKey } from "../accounts/authenticate.middleware.ts";
import { apiKeySecurity } from "../accounts/schemas.ts";
import { contextOf } from "../core/http/request.ts";
import { errorResponses, type Router } from "../core/http/router.ts";
import { exposition, EXPOSITION_TYPE } from "../kit/exposition.ts";
import { readMetrics } from "./metrics.ts";

const route = createRoute({
  method: "get",
  path: "/metrics",
  tags: ["Service"],
  summary: "Figures of the whole deployment for Prometheus",
  description:
    "For an API key with the scope `metrics:read`. Read from running sums and indexes of the database, so every instance answers the same.",
  security: apiKeySecurity,
  middleware: withApiKey,
  responses: {
    200: {
      description: "Prometheus' text form, version 0.0.4",
      content: { "text/plain": { schema: z.string() } },
    },
    ...errorResponses("INVALID_API_KEY", "INSUFFICIENT_SCOPE", "ACCESS_DENIED", "SERVICE_UNAVAILABLE"),
  },
});

export const getMetricsRoute = (router: Router) =>
  router.openapi(route, async (c) => {
    const text = exposition(await readMetrics(contextOf(c)));
    return c.text(text, 200, { "Content-Type": EXPOSITION_TYPE });
  });
