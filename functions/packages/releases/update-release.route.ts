import { createRoute } from "@hono/zod-openapi";
import { withApiKey } from "../../accounts/authenticate.middleware.ts";
import { apiKeySecurity } from "../../accounts/schemas.ts";
import { contextOf } from "../../core/http/request.ts";
import { errorResponses, jsonBody, type Router } from "../../core/http/router.ts";
import { updateRelease } from "./change-release.ts";
import { releaseAnswer, releaseErrors, releaseParam, releaseTexts } from "./schemas.ts";

const route = createRoute({
  method: "patch",
  path: "/api/v1/releases/{software}/{version}",
  tags: ["Releases"],
  summary: "Change the notes of a version",
  description: "What is not given stays as it is.",
  security: apiKeySecurity,
  middleware: withApiKey,
  request: {
    params: releaseParam,
    ...jsonBody(releaseTexts),
  },
  responses: { ...releaseAnswer("The release as it is now"), ...errorResponses(...releaseErrors) },
});

export const updateReleaseRoute = (router: Router) =>
  router.openapi(route, async (c) =>
    c.json(await updateRelease(contextOf(c), c.req.valid("param"), c.req.valid("json")), 200),
  );
