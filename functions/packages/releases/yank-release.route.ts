import { createRoute } from "@hono/zod-openapi";
import { withApiKey } from "../../accounts/authenticate.middleware.ts";
import { apiKeySecurity } from "../../accounts/schemas.ts";
import { contextOf } from "../../core/http/request.ts";
import { errorResponses, type Router } from "../../core/http/router.ts";
import { yankRelease } from "./change-release.ts";
import { releaseErrors, releaseParam, releaseAnswer } from "./schemas.ts";

const route = createRoute({
  method: "post",
  path: "/api/v1/releases/{software}/{version}/yank",
  tags: ["Releases"],
  summary: "Withdraw a whole version",
  description: "Not offered any more, by any of its packages; download links go on working.",
  security: apiKeySecurity,
  middleware: withApiKey,
  request: { params: releaseParam },
  responses: { ...releaseAnswer("The release as it is now"), ...errorResponses(...releaseErrors) },
});

export const yankReleaseRoute = (router: Router) =>
  router.openapi(route, async (c) => c.json(await yankRelease(contextOf(c), c.req.valid("param")), 200));
