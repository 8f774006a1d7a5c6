import { createRoute } from "@hono/zod-openapi";
import { withUser } from "../accounts/authenticate.middleware.ts";
import { userSecurity } from "../accounts/schemas.ts";
import { contextOf } from "../core/http/request.ts";
import type { Router } from "../core/http/router.ts";
import { listMyAppWares } from "./list-appwares.ts";
import { appwarePage, errorResponses, listQuery } from "./schemas.ts";

const route = createRoute({
  method: "get",
  path: "/api/v1/appwares/my",
  tags: ["Catalogue"],
  summary: "List the records that you made",
  security: userSecurity,
  middleware: withUser,
  request: { query: listQuery },
  responses: {
    200: {
      description: "By sort_order, then the newest first",
      content: { "application/json": { schema: appwarePage } },
    },
    ...errorResponses("INVALID_TOKEN", "VALIDATION_ERROR"),
  },
});

export const listMyAppWaresRoute = (router: Router) =>
  router.openapi(route, async (c) => c.json(await listMyAppWares(contextOf(c), c.req.valid("query")), 200));
