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
  path: "/api/v1/rollouts/{id}/resume",
  tags: ["Rollouts"],
  summary: "Go on where it was paused",
  description: "Its step begins anew, and so do the hours that it lasts.",
  security: apiKeySecurity,
  middleware: [withApiKey, emptyAsNoFields] as const,
  request: { params: rolloutParam, ...optionalBody(reasonBody) },
  responses: actionAnswers(),
});

export const resumeRolloutRoute = (router: Router) =>
  router.openapi(route, async (c) => {
    const { id } = c.req.valid("param");
    return c.json(await actOnRollout(contextOf(c), id, "resume", c.req.valid("json")), 200);
  });
