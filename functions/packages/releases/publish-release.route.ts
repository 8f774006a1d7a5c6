import { createRoute, z } from "@hono/zod-openapi";
import { withApiKey } from "../../accounts/authenticate.middleware.ts";
import { apiKeySecurity } from "../../accounts/schemas.ts";
import { contextOf } from "../../core/http/request.ts";
import { errorResponses, jsonBody, type Router } from "../../core/http/router.ts";
import { rolloutPlan } from "../../rollouts/schemas.ts";
import { publishRelease } from "./publish-release.ts";
import { releaseAnswer, releaseErrors, releaseParam, releaseTexts } from "./schemas.ts";

const route = createRoute({
  method: "post",
  path: "/api/v1/releases/{software}/{version}/publish",
  tags: ["Releases"],
  summary: "Publish all that waits for a release",
  description: "Everything that was uploaded with `draft` becomes visible at the same moment.",
  security: apiKeySecurity,
  middleware: withApiKey,
  request: {
    params: releaseParam,
    ...jsonBody(
      releaseTexts.extend({
        allow_incomplete: z
          .boolean()
          .default(false)
          .meta({ description: "Publish files that lack what others of their format have" }),
        rollout: rolloutPlan
          .optional()
          .meta({ description: "The version is given to a growing share of the devices" }),
      }),
    ),
  },
  responses: {
    ...releaseAnswer("The release as it is now"),
    ...errorResponses(
      ...releaseErrors,
      "RELEASE_EMPTY",
      "RELEASE_UNFINISHED",
      "RELEASE_INCOMPLETE",
      "PACKAGE_EXISTS",
      "COMPANION_EXISTS",
      "PACKAGE_NOT_FOUND",
      "SOFTWARE_DELETED",
      "ROLLOUT_DIFFERS",
      "ROLLOUT_LATE",
    ),
  },
});

export const publishReleaseRoute = (router: Router) =>
  router.openapi(route, async (c) => {
    const release = await publishRelease(contextOf(c), c.req.valid("param"), c.req.valid("json"));
    return c.json(release, 200);
  });
