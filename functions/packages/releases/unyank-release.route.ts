import { createRoute } from "@hono/zod-openapi";
import { withApiKey } from "../../accounts/authenticate.middleware.ts";
import { apiKeySecurity } from "../../accounts/schemas.ts";
import { contextOf } from "../../core/http/request.ts";
import { errorResponses, type Router } from "../../core/http/router.ts";
import { unyankRelease } from "./change-release.ts";
import { releaseErrors, releaseParam, releaseAnswer } from "./schemas.ts";

const route = createRoute({
  method: "post",
  path: "/api/v1/releases/{software}/{version}/unyank",
  tags: ["Releases"],
  summary: "Offer again a whole version",
  description: "Offered again, by all of its packages.",
  security: apiKeySecurity,
  middleware: withApiKey,
  request: { params: releaseParam },
  responses: { ...releaseAnswer("The release as it is now"), ...errorResponses(...releaseErrors) },
});

export const unyankReleaseRoute = (router: Router) =>
  router.openapi(route, async (c) => c.json(await unyankRelease(contextOf(c), c.req.valid("param")), 200));
