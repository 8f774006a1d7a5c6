import { createRoute } from "@hono/zod-openapi";
import { withUser } from "../accounts/authenticate.middleware.ts";
import { userSecurity } from "../accounts/schemas.ts";
import { contextOf } from "../core/http/request.ts";
import { jsonBody, type Router } from "../core/http/router.ts";
import { updateAppWare } from "./appwares.ts";
import { withJsonObject } from "./json-body.middleware.ts";
import { appware, appwareChanges, appwareParam, errorResponses } from "./schemas.ts";

const route = createRoute({
  method: "put",
  path: "/api/v1/appwares/{appware_id}",
  tags: ["Catalogue"],
  summary: "Change a record",
  description: "For who made it, and administrators. Fields that are absent stay as they are.",
  security: userSecurity,
  middleware: [withUser, withJsonObject] as const,
  request: { params: appwareParam, ...jsonBody(appwareChanges) },
  responses: {
    200: { description: "The record as it is now", content: { "application/json": { schema: appware } } },
    ...errorResponses(
      "INVALID_TOKEN",
      "ACCESS_DENIED",
      "APPWARE_NOT_FOUND",
      "APPWARE_EXISTS",
      "VALIDATION_ERROR",
    ),
  },
});

export const updateAppWareRoute = (router: Router) =>
  router.openapi(route, async (c) =>
    c.json(await updateAppWare(contextOf(c), c.req.valid("param").appware_id, c.req.valid("json")), 200),
  );
