import { createRoute, z } from "@hono/zod-openapi";
import { withUser } from "../accounts/authenticate.middleware.ts";
import { accountId, userSecurity } from "../accounts/schemas.ts";
import { pageSchema, pagingQuery } from "../core/http/paging.ts";
import { contextOf } from "../core/http/request.ts";
import { errorResponses, type Router } from "../core/http/router.ts";
import { movementSchema, recordSchema } from "./schemas.ts";
import { searchRecords } from "./search-records.ts";

const moment = z.iso
  .datetime({ offset: true })
  .transform((iso) => Date.parse(iso))
  .optional();
const described = { type: "string", format: "date-time" } as const;

const route = createRoute({
  method: "get",
  path: "/api/v1/money-records",
  tags: ["Recharge"],
  summary: "List what moved the money of all users in pages, newest first",
  description: "For administrators.",
  security: userSecurity,
  middleware: withUser,
  request: {
    query: pagingQuery().extend({
      user_id: accountId.optional().meta({ description: "Only this user's" }),
      type: recordSchema.shape.type.optional(),
      from: moment.meta({ ...described, description: "The first moment" }),
      to: moment.meta({ ...described, description: "The last moment" }),
    }),
  },
  responses: {
    200: {
      description: "A page of movements",
      content: { "application/json": { schema: pageSchema(movementSchema) } },
    },
    ...errorResponses("INVALID_TOKEN", "ACCESS_DENIED", "VALIDATION_ERROR"),
  },
});

export const searchRecordsRoute = (router: Router) =>
  router.openapi(route, async (c) => c.json(await searchRecords(contextOf(c), c.req.valid("query")), 200));
