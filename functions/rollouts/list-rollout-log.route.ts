import { createRoute, z } from "@hono/zod-openapi";
import { withApiKey } from "../accounts/authenticate.middleware.ts";
import { apiKeySecurity } from "../accounts/schemas.ts";
import { contextOf } from "../core/http/request.ts";
import { errorResponses, type Router } from "../core/http/router.ts";
import { listRolloutLog } from "./list-rollout-log.ts";
import { failureRate, rolloutParam } from "./schemas.ts";

const decision = z
  .object({
    id: z.int(),
    at: z.iso.datetime(),
    action: z.string().meta({ description: "start, raise, pause, resume, complete, roll_back or notify" }),
    actor: z.string().meta({ description: "An account's id, `key:` and an API key's, or `system`" }),
    username: z.string().nullable().meta({ description: "Of an account" }),
    percent: z.number().nullable().meta({ description: "The share from then on" }),
    reason: z.string(),
    reports: z.int().nullable().meta({ description: "Devices that had reported; null when it began" }),
    failures: z.int().nullable(),
    failure_rate: failureRate.nullable(),
  })
  .meta({ id: "RolloutDecision" });

const route = createRoute({
  method: "get",
  path: "/api/v1/rollouts/{id}/log",
  tags: ["Rollouts"],
  summary: "What was decided of a rollout, and by whom",
  description: "The newest first, with the figures of that moment; at most 200.",
  security: apiKeySecurity,
  middleware: withApiKey,
  request: { params: rolloutParam },
  responses: {
    200: {
      description: "Its decisions",
      content: { "application/json": { schema: z.object({ items: z.array(decision) }) } },
    },
    ...errorResponses(
      "VALIDATION_ERROR",
      "INVALID_API_KEY",
      "INSUFFICIENT_SCOPE",
      "ACCESS_DENIED",
      "ROLLOUT_NOT_FOUND",
    ),
  },
});

export const listRolloutLogRoute = (router: Router) =>
  router.openapi(route, async (c) =>
    c.json({ items: await listRolloutLog(contextOf(c), c.req.valid("param").id) }, 200),
  );
