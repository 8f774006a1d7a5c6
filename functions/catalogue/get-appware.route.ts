import { createRoute } from "@hono/zod-openapi";
import { withUser } from "../accounts/authenticate.middleware.ts";
import { userSecurity } from "../accounts/schemas.ts";
import { contextOf } from "../core/http/request.ts";
import type { Router } from "../core/http/router.ts";
import { viewAppWare } from "./appwares.ts";
import { appware, appwareParam, errorResponses } from "./schemas.ts";

const route = createRoute({
  method: "get",
  path: "/api/v1/appwares/{appware_id}",
  tags: ["Catalogue"],
  summary: "Show a record",
  description: "Each call adds one to its view_count.",
  security: userSecurity,
  middleware: withUser,
  request: { params: appwareParam },
  responses: {
    200: { description: "The record", content: { "application/json": { schema: appware } } },
    ...errorResponses("INVALID_TOKEN", "APPWARE_NOT_FOUND", "VALIDATION_ERROR"),
  },
});

export const getAppWareRoute = (router: Router) =>
  router.openapi(route, async (c) =>
    c.json(await viewAppWare(contextOf(c), c.req.valid("param").appware_id), 200),
  );
