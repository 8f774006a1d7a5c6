import { createRoute } from "@hono/zod-openapi";
import { withApiKey } from "../../accounts/authenticate.middleware.ts";
import { apiKeySecurity } from "../../accounts/schemas.ts";
import { contextOf } from "../../core/http/request.ts";
import { errorResponses, jsonBody, type Router } from "../../core/http/router.ts";
import { setAppcast } from "./change-appcast.ts";
import { appcastAnswer, appcastParams, givenAppcast } from "./schemas.ts";

const route = createRoute({
  method: "put",
  path: "/api/v1/feeds/{software}/sparkle/{target}",
  tags: ["Feeds"],
  summary: "Serve an appcast that you signed yourself",
  description:
    "Served byte for byte as `appcast.xml` of this target, on every channel, until it is set anew or deleted; its signature as `appcast.xml.signature`. For Sparkle's `SURequireSignedFeed` and NetSparkle.",
  security: apiKeySecurity,
  middleware: withApiKey,
  request: { params: appcastParams, ...jsonBody(givenAppcast) },
  responses: {
    200: { description: "As it is now", content: { "application/json": { schema: appcastAnswer } } },
    ...errorResponses(
      "VALIDATION_ERROR",
      "INVALID_API_KEY",
      "INSUFFICIENT_SCOPE",
      "SOFTWARE_NOT_FOUND",
      "FEED_NOT_FOUND",
    ),
  },
});

export const setAppcastRoute = (router: Router) =>
  router.openapi(route, async (c) =>
    c.json(await setAppcast(contextOf(c), c.req.valid("param"), c.req.valid("json")), 200),
  );
