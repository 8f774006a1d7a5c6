import { createRoute, z } from "@hono/zod-openapi";
import { contextOf } from "../core/http/request.ts";
import { limitQueries } from "../core/http/limit-queries.ts";
import { jsonBody, type Router } from "../core/http/router.ts";
import { checkLegality } from "./checks.ts";
import { dataAnswer, keyPair, softwareErrors, unknownPair } from "./schemas.ts";

const route = createRoute({
  method: "post",
  path: "/api/check/legality",
  tags: ["Software keys"],
  summary: "Is this pair of keys one of ours?",
  middleware: limitQueries,
  request: jsonBody(keyPair),
  responses: {
    200: {
      description: "It is",
      content: dataAnswer(z.object({ legal: z.literal(true), message: z.string() })),
    },
    ...softwareErrors("VALIDATION_ERROR", "MISSING_PARAMETER", "RATE_LIMIT_EXCEEDED"),
    404: unknownPair,
  },
});

export const checkLegalityRoute = (router: Router) =>
  router.openapi(route, async (c) => {
    const data = await checkLegality(contextOf(c), c.req.valid("json"));
    if (!data.legal) return c.json({ code: 404 as const, data }, 404);
    return c.json({ code: 200 as const, data }, 200);
  });
