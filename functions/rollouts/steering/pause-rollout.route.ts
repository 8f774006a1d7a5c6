import { createRoute } from "@hono/zod-openapi";
import { withApiKey } from "../../accounts/authenticate.middleware.ts";
import { apiKeySecurity } from "../../accounts/schemas.ts";
import { contextOf } from "../../core/http/request.ts";
import type { Router } from "../../core/http/router.ts";
import { rolloutParam } from "../schemas.ts";
import { actOnRollout } from "./act-on-rollout.ts";
import { emptyAsNoFields } from "./empty-body.middleware.ts";
import { actionAnswers, optionalBody, reasonBody } from "./schemas.ts";

const route = createRoute({
  method: "post",
  path: "/api/v1/rollouts/{id}/pause",
  tags: ["Rollouts"],
  summary: "Offer it to nobody further",
  description: "Who has the version keeps it. Nobody is offered it until the rollout is resumed.",
  security: apiKeySecurity,
  middleware: [withApiKey, emptyAsNoFields] as const,
  request: { params: rolloutParam, ...optionalBody(reasonBody) },
  responses: actionAnswers(),
});

export const pauseRolloutRoute = (router: Router) =>
  router.openapi(route, async (c) => {
    const { id } = c.req.valid("param");
    return c.json(await actOnRollout(contextOf(c), id, "pause", c.req.valid("json")), 200);
  });
