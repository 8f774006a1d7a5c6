import { createRoute, z } from "@hono/zod-openapi";
import { withApiKey } from "../accounts/authenticate.middleware.ts";
import { apiKeySecurity } from "../accounts/schemas.ts";
import { contextOf } from "../core/http/request.ts";
import { errorResponses, jsonBody, type Router } from "../core/http/router.ts";
import { textKey } from "../core/locale/locale.ts";
import { channelName, givenSoftware, writtenVersion } from "../releases/schemas.ts";
import { createRollout } from "./create-rollout.ts";
import { rolloutAnswer, rolloutPlan } from "./schemas.ts";

const newRollout = rolloutPlan
  .extend({
    software: givenSoftware.optional().meta({ description: "Slug or akey" }),
    plugin: z.string().min(1).max(255).optional().meta({ description: "In place of `software`" }),
    version: writtenVersion.meta({ example: "2.2.5" }),
    channel: channelName
      .optional()
      .meta({ description: "The packages that are rolled out; default: the version's own channel" }),
  })
  .refine(
    ({ software, plugin, channel }) =>
      plugin === undefined ? software !== undefined : software === undefined && channel === undefined,
    textKey("rollout.subject"),
  );

const route = createRoute({
  method: "post",
  path: "/api/v1/rollouts",
  tags: ["Rollouts"],
  summary: "Give a version to a growing share of the devices",
  description:
    "Of a version that is published: where it was out for everybody, devices outside the first step are not offered it any more. To have a version rolled out from its first moment, send `rollout` with its package or when its release is published.",
  security: apiKeySecurity,
  middleware: withApiKey,
  request: jsonBody(newRollout),
  responses: {
    201: rolloutAnswer("The rollout, at its first step"),
    ...errorResponses(
      "VALIDATION_ERROR",
      "MISSING_PARAMETER",
      "MALFORMED_BODY",
      "INVALID_VERSION",
      "INVALID_API_KEY",
      "INSUFFICIENT_SCOPE",
      "ACCESS_DENIED",
      "SOFTWARE_NOT_FOUND",
      "RELEASE_NOT_FOUND",
      "PLUGIN_VERSION_NOT_FOUND",
      "ROLLOUT_EXISTS",
      "ROLLOUT_NOTHING_OFFERED",
    ),
  },
});

export const createRolloutRoute = (router: Router) =>
  router.openapi(route, async (c) => c.json(await createRollout(contextOf(c), c.req.valid("json")), 201));
