import { createRoute, z } from "@hono/zod-openapi";
import { withApiKey } from "../../accounts/authenticate.middleware.ts";
import { apiKeySecurity } from "../../accounts/schemas.ts";
import { contextOf } from "../../core/http/request.ts";
import { errorResponses, jsonBody, type Router } from "../../core/http/router.ts";
import { draftChanges } from "../draft-package.ts";
import { releaseAnswer, releaseErrors, releaseParam } from "./schemas.ts";
import { updateWaitingPackage } from "./update-waiting-package.ts";

const route = createRoute({
  method: "patch",
  path: "/api/v1/releases/{software}/{version}/waiting/{upload_id}",
  tags: ["Releases"],
  summary: "Add a signature, or what else is said of a package that waits for its release",
  description:
    "What is not given stays as it is, and so do the bytes. The package then waits for 30 days from now.",
  security: apiKeySecurity,
  middleware: withApiKey,
  request: {
    params: releaseParam.extend({
      upload_id: z.string().max(40).meta({ description: "As `waiting` of the release tells it" }),
    }),
    ...jsonBody(draftChanges),
  },
  responses: {
    ...releaseAnswer("The release as it is now"),
    ...errorResponses(...releaseErrors, "UPLOAD_NOT_FOUND", "UPLOAD_STATE_CONFLICT"),
  },
});

export const updateWaitingPackageRoute = (router: Router) =>
  router.openapi(route, async (c) => {
    const release = await updateWaitingPackage(contextOf(c), c.req.valid("param"), c.req.valid("json"));
    return c.json(release, 200);
  });
