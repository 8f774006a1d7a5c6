import { createRoute } from "@hono/zod-openapi";
import { withUser } from "../accounts/authenticate.middleware.ts";
import { userSecurity } from "../accounts/schemas.ts";
import { pageSchema, pagingQuery } from "../core/http/paging.ts";
import { contextOf } from "../core/http/request.ts";
import { errorResponses, type Router } from "../core/http/router.ts";
import { backupSchema } from "./schemas.ts";
import { searchBackups } from "./search-backups.ts";

const route = createRoute({
  method: "get",
  path: "/api/v1/backups",
  tags: ["Backups"],
  summary: "List the backups of all keys in pages, newest first",
  description: "For administrators.",
  security: userSecurity,
  middleware: withUser,
  request: {
    query: pagingQuery().extend({ backup_type: backupSchema.shape.backup_type.optional() }),
  },
  responses: {
    200: {
      description: "A page of backups",
      content: { "application/json": { schema: pageSchema(backupSchema) } },
    },
    ...errorResponses("INVALID_TOKEN", "ACCESS_DENIED", "VALIDATION_ERROR"),
  },
});

export const searchBackupsRoute = (router: Router) =>
  router.openapi(route, async (c) => c.json(await searchBackups(contextOf(c), c.req.valid("query")), 200));
