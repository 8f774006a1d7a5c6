import { createRoute, z } from "@hono/zod-openapi";
import { withApiKey } from "../accounts/authenticate.middleware.ts";
import { apiKeySecurity } from "../accounts/schemas.ts";
import { contextOf } from "../core/http/request.ts";
import { errorResponses, jsonBody, type Router } from "../core/http/router.ts";
import { givenSoftware } from "../releases/schemas.ts";
import { visibility } from "./schemas.ts";
import { setVisibility } from "./visibility.ts";

const answer = z
  .object({ software: z.string().meta({ description: "Its slug" }), akey: z.string(), visibility })
  .meta({ id: "SoftwareAccess" });

const route = createRoute({
  method: "put",
  path: "/api/v1/software/{software}",
  operationId: "setSoftwareVisibility",
  tags: ["Packages"],
  summary: "Make software private or public",
  description:
    "By slug or akey, with a key that has `packages:write`. A slug that there is no software of gets one, so that its first package is private already. A change is seen elsewhere within the 25 seconds of version checks, within 30 by downloads; what was signed before stays good until its end.",
  security: apiKeySecurity,
  middleware: withApiKey,
  request: { params: z.object({ software: givenSoftware }), ...jsonBody(z.object({ visibility })) },
  responses: {
    200: { description: "As it is now", content: { "application/json": { schema: answer } } },
    ...errorResponses("VALIDATION_ERROR", "INVALID_API_KEY", "INSUFFICIENT_SCOPE", "SOFTWARE_NOT_FOUND"),
  },
});

export const setVisibilityRoute = (router: Router) =>
  router.openapi(route, async (c) => {
    const { software } = c.req.valid("param");
    const { visibility } = c.req.valid("json");
    return c.json(await setVisibility(contextOf(c), software, visibility), 200);
  });
