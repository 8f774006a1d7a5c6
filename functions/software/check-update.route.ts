import { createRoute, z } from "@hono/zod-openapi";
import { readCredential } from "../accounts/authenticate.middleware.ts";
import { readSecurity } from "../accounts/schemas.ts";
import { contextOf } from "../core/http/request.ts";
import { limitQueries } from "../core/http/limit-queries.ts";
import { jsonBody, type Router } from "../core/http/router.ts";
import { checkUpdate } from "./checks.ts";
import { dataAnswer, keyPair, softwareErrors, unknownPair } from "./schemas.ts";

const answer = z.union([
  z.object({
    has_update: z.literal(true),
    latest_version: z.string(),
    release_time: z.iso.datetime(),
  }),
  z.object({ has_update: z.literal(false), message: z.string() }),
]);

const route = createRoute({
  method: "post",
  path: "/api/check/update",
  tags: ["Software keys"],
  summary: "Is there a newer version than mine?",
  security: readSecurity,
  middleware: limitQueries,
  request: jsonBody(keyPair),
  responses: {
    200: { description: "The latest version, if it is newer", content: dataAnswer(answer) },
    ...softwareErrors("VALIDATION_ERROR", "MISSING_PARAMETER", "INVALID_API_KEY", "RATE_LIMIT_EXCEEDED"),
    404: unknownPair,
  },
});

export const checkUpdateRoute = (router: Router) =>
  router.openapi(route, async (c) => {
    const data = await checkUpdate(contextOf(c), c.req.valid("json"), readCredential(c));
    if ("legal" in data) return c.json({ code: 404 as const, data }, 404);
    return c.json({ code: 200 as const, data }, 200);
  });
