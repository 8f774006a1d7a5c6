import { createRoute } from "@hono/zod-openapi";
import { withApiKey } from "../../accounts/authenticate.middleware.ts";
import { apiKeySecurity } from "../../accounts/schemas.ts";
import { contextOf } from "../../core/http/request.ts";
import { errorResponses, type Router } from "../../core/http/router.ts";
import { getRelease } from "./describe-release.ts";
import { releaseErrors, releaseParam, releaseAnswer } from "./schemas.ts";

const route = createRoute({
  method: "get",
  path: "/api/v1/releases/{software}/{version}",
  tags: ["Releases"],
  summary: "A version with all its files",
  description: "What is published of it, and the uploads that are published with it.",
  security: apiKeySecurity,
  middleware: withApiKey,
  request: { params: releaseParam },
  responses: { ...releaseAnswer("The release as it is now"), ...errorResponses(...releaseErrors) },
});

export const getReleaseRoute = (router: Router) =>
  router.openapi(route, async (c) => c.json(await getRelease(contextOf(c), c.req.valid("param")), 200));
