import { createRoute } from "@hono/zod-openapi";
import { withUser } from "../accounts/authenticate.middleware.ts";
import { userSecurity } from "../accounts/schemas.ts";
import { contextOf } from "../core/http/request.ts";
import { jsonBody, type Router } from "../core/http/router.ts";
import { createAppWare } from "./appwares.ts";
import { withJsonObject } from "./json-body.middleware.ts";
import { appware, errorResponses, newAppware } from "./schemas.ts";

const route = createRoute({
  method: "post",
  path: "/api/v1/appwares",
  tags: ["Catalogue"],
  summary: "Create a record",
  security: userSecurity,
  middleware: [withUser, withJsonObject] as const,
  request: jsonBody(newAppware),
  responses: {
    200: { description: "The new record", content: { "application/json": { schema: appware } } },
    ...errorResponses("INVALID_TOKEN", "APPWARE_EXISTS", "VALIDATION_ERROR"),
  },
});

export const createAppWareRoute = (router: Router) =>
  router.openapi(route, async (c) => c.json(await createAppWare(contextOf(c), c.req.valid("json")), 200));
