import { createRoute, z } from "@hono/zod-openapi";
import { withApiKey } from "../../accounts/authenticate.middleware.ts";
import { apiKeySecurity } from "../../accounts/schemas.ts";
import { contextOf } from "../../core/http/request.ts";
import { errorResponses, type Router } from "../../core/http/router.ts";
import { deleteAppcast } from "./change-appcast.ts";
import { appcastParams } from "./schemas.ts";

const route = createRoute({
  method: "delete",
  path: "/api/v1/feeds/{software}/sparkle/{target}",
  tags: ["Feeds"],
  summary: "Go back to the appcast that the server writes",
  security: apiKeySecurity,
  middleware: withApiKey,
  request: { params: appcastParams },
  responses: {
    200: {
      description: "Deleted",
      content: {
        "application/json": {
          schema: z.object({ software: z.string(), target: z.string() }).meta({ id: "DeletedAppcast" }),
        },
      },
    },
    ...errorResponses(
      "VALIDATION_ERROR",
      "INVALID_API_KEY",
      "INSUFFICIENT_SCOPE",
      "SOFTWARE_NOT_FOUND",
      "FEED_EMPTY",
      "FEED_NOT_FOUND",
    ),
  },
});

export const deleteAppcastRoute = (router: Router) =>
  router.openapi(route, async (c) => c.json(await deleteAppcast(contextOf(c), c.req.valid("param")), 200));
