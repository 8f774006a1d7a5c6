import { createRoute, z } from "@hono/zod-openapi";
import { withApiKey } from "../../accounts/authenticate.middleware.ts";
import { apiKeySecurity } from "../../accounts/schemas.ts";
import { contextOf } from "../../core/http/request.ts";
import type { Router } from "../../core/http/router.ts";
import { rolloutParam } from "../schemas.ts";
import { actOnRollout } from "./act-on-rollout.ts";
import { emptyAsNoFields } from "./empty-body.middleware.ts";
import { actionAnswers, optionalBody, reasonBody } from "./schemas.ts";

/** No rollout has more steps. */
const MAX_STEP = 100;

const route = createRoute({
  method: "post",
  path: "/api/v1/rollouts/{id}/raise",
  tags: ["Rollouts"],
  summary: "Give it to the next share of the devices",
  description:
    "Without waiting for what its step asks for; `step` leads to a later one. After its last step a rollout is completed.",
  security: apiKeySecurity,
  middleware: [withApiKey, emptyAsNoFields] as const,
  request: {
    params: rolloutParam,
    ...optionalBody(
      reasonBody.extend({
        step: z.int().min(0).max(MAX_STEP).optional().meta({ description: "Its place in `steps`, from 0" }),
      }),
    ),
  },
  responses: actionAnswers("ROLLOUT_STEP"),
});

export const raiseRolloutRoute = (router: Router) =>
  router.openapi(route, async (c) => {
    const { id } = c.req.valid("param");
    return c.json(await actOnRollout(contextOf(c), id, "raise", c.req.valid("json")), 200);
  });
