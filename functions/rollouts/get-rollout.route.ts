import { createRoute } from "@hono/zod-openapi";
import { withApiKey } from "../accounts/authenticate.middleware.ts";
import { apiKeySecurity } from "../accounts/schemas.ts";
import { contextOf } from "../core/http/request.ts";
import { errorResponses, type Router } from "../core/http/router.ts";
import { getRollout } from "./get-rollout.ts";
import { rolloutAnswer, rolloutParam } from "./schemas.ts";

const route = createRoute({
  method: "get",
  path: "/api/v1/rollouts/{id}",
  tags: ["Rollouts"],
  summary: "A rollout with its figures, and what it does next",
  security: apiKeySecurity,
  middleware: withApiKey,
  request: { params: rolloutParam },
  responses: {
    200: rolloutAnswer("The rollout"),
    ...errorResponses(
      "VALIDATION_ERROR",
      "INVALID_API_KEY",
      "INSUFFICIENT_SCOPE",
      "ACCESS_DENIED",
      "ROLLOUT_NOT_FOUND",
    ),
  },
});

export const getRolloutRoute = (router: Router) =>
  router.openapi(route, async (c) => c.json(await getRollout(contextOf(c), c.req.valid("param").id), 200));
