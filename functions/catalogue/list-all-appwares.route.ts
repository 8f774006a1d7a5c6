import { createRoute } from "@hono/zod-openapi";
import { withUser } from "../accounts/authenticate.middleware.ts";
import { userSecurity } from "../accounts/schemas.ts";
import { contextOf } from "../core/http/request.ts";
import type { Router } from "../core/http/router.ts";
import { booleanParameter } from "./fields.ts";
import { listAllAppWares } from "./list-appwares.ts";
import { appwarePage, errorResponses, listQuery } from "./schemas.ts";

const route = createRoute({
  method: "get",
  path: "/api/v1/appwares/admin/all",
  tags: ["Catalogue"],
  summary: "List all records, deleted ones too",
  description: "For administrators.",
  security: userSecurity,
  middleware: withUser,
  request: { query: listQuery.extend({ include_deleted: booleanParameter().default(false) }) },
  responses: {
    200: {
      description: "By sort_order, then the newest first",
      content: { "application/json": { schema: appwarePage } },
    },
    ...errorResponses("INVALID_TOKEN", "ACCESS_DENIED", "VALIDATION_ERROR"),
  },
});

export const listAllAppWaresRoute = (router: Router) =>
  router.openapi(route, async (c) => c.json(await listAllAppWares(contextOf(c), c.req.valid("query")), 200));
