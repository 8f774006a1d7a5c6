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
  path: "/api/v1/rollouts/{id}/roll-back",
  tags: ["Rollouts"],
  summary: "Withdraw the version for good",
  description:
    "Nobody is offered it any more, and devices that run it are led back to the newest version below that is out for them. A rollout that is completed can be rolled back, too.",
  security: apiKeySecurity,
  middleware: [withApiKey, emptyAsNoFields] as const,
  request: { params: rolloutParam, ...optionalBody(reasonBody) },
  responses: actionAnswers(),
});

export const rollBackRolloutRoute = (router: Router) =>
  router.openapi(route, async (c) => {
    const { id } = c.req.valid("param");
    return c.json(await actOnRollout(contextOf(c), id, "roll-back", c.req.valid("json")), 200);
  });
