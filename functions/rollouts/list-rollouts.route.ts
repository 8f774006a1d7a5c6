import { createRoute, z } from "@hono/zod-openapi";
import { withApiKey } from "../accounts/authenticate.middleware.ts";
import { apiKeySecurity } from "../accounts/schemas.ts";
import { pageSchema, pagingQuery } from "../core/http/paging.ts";
import { contextOf } from "../core/http/request.ts";
import { errorResponses, type Router } from "../core/http/router.ts";
import { rolloutStates } from "../kit/rollout.ts";
import { givenSoftware, writtenVersion } from "../releases/schemas.ts";
import { listRollouts } from "./list-rollouts.ts";
import { rolloutSchema } from "./schemas.ts";

const route = createRoute({
  method: "get",
  path: "/api/v1/rollouts",
  tags: ["Rollouts"],
  summary: "List rollouts, the newest first",
  security: apiKeySecurity,
  middleware: withApiKey,
  request: {
    query: pagingQuery().extend({
      software: givenSoftware.optional().meta({ description: "Slug or akey" }),
      plugin: z.string().max(255).optional(),
      version: writtenVersion.optional(),
      state: z
        .enum([...rolloutStates, "open"])
        .optional()
        .meta({ description: "`open`: those that are active or paused" }),
    }),
  },
  responses: {
    200: {
      description: "Rollouts",
      content: { "application/json": { schema: pageSchema(rolloutSchema) } },
    },
    ...errorResponses(
      "VALIDATION_ERROR",
      "INVALID_VERSION",
      "INVALID_API_KEY",
      "INSUFFICIENT_SCOPE",
      "ACCESS_DENIED",
      "SOFTWARE_NOT_FOUND",
    ),
  },
});

export const listRolloutsRoute = (router: Router) =>
  router.openapi(route, async (c) => c.json(await listRollouts(contextOf(c), c.req.valid("query")), 200));
