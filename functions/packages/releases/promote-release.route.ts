import { createRoute, z } from "@hono/zod-openapi";
import { withApiKey } from "../../accounts/authenticate.middleware.ts";
import { apiKeySecurity } from "../../accounts/schemas.ts";
import { contextOf } from "../../core/http/request.ts";
import { errorResponses, jsonBody, type Router } from "../../core/http/router.ts";
import { channelName } from "../../releases/schemas.ts";
import { promoteRelease } from "./change-release.ts";
import { releaseErrors, releaseParam, releaseAnswer } from "./schemas.ts";

const route = createRoute({
  method: "post",
  path: "/api/v1/releases/{software}/{version}/promote",
  tags: ["Releases"],
  summary: "Move a version to another channel",
  description: "The packages go with it; the bytes stay what they are.",
  security: apiKeySecurity,
  middleware: withApiKey,
  request: { params: releaseParam, ...jsonBody(z.object({ to: channelName.meta({ example: "stable" }) })) },
  responses: {
    ...releaseAnswer("The release as it is now"),
    ...errorResponses(...releaseErrors, "PRE_RELEASE", "RELEASE_STABLE"),
  },
});

export const promoteReleaseRoute = (router: Router) =>
  router.openapi(route, async (c) => {
    const release = await promoteRelease(contextOf(c), c.req.valid("param"), c.req.valid("json").to);
    return c.json(release, 200);
  });
