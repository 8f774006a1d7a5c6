import { createRoute, z } from "@hono/zod-openapi";
import { withApiKey } from "../../accounts/authenticate.middleware.ts";
import { apiKeySecurity } from "../../accounts/schemas.ts";
import { contextOf } from "../../core/http/request.ts";
import { errorResponses, type Router } from "../../core/http/router.ts";
import { discardRelease } from "./change-release.ts";
import { releaseErrors, releaseParam } from "./schemas.ts";

const route = createRoute({
  method: "delete",
  path: "/api/v1/releases/{software}/{version}/draft",
  tags: ["Releases"],
  summary: "Discard what waits for a release",
  description: "The uploads end and their quota comes back; what is published stays.",
  security: apiKeySecurity,
  middleware: withApiKey,
  request: { params: releaseParam },
  responses: {
    200: {
      description: "How many uploads that were",
      content: {
        "application/json": { schema: z.object({ discarded: z.int() }).meta({ id: "DiscardedRelease" }) },
      },
    },
    ...errorResponses(...releaseErrors, "RELEASE_EMPTY"),
  },
});

export const discardReleaseRoute = (router: Router) =>
  router.openapi(route, async (c) => c.json(await discardRelease(contextOf(c), c.req.valid("param")), 200));
