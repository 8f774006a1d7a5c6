import { createRoute, z } from "@hono/zod-openapi";
import { contextOf } from "../../core/http/request.ts";
import { pagingQuery } from "../../core/http/paging.ts";
import { errorResponses, type Router } from "../../core/http/router.ts";
import { withApiKey } from "../authenticate.middleware.ts";
import { listApiKeys } from "./manage-api-keys.ts";
import { apiKeySecurity, keySchema } from "../schemas.ts";

/** Who names no page gets all keys that anybody has. */
const MOST_KEYS = 1000;

const route = createRoute({
  method: "get",
  path: "/api/v1/api-keys",
  tags: ["API keys"],
  summary: "List API keys",
  security: apiKeySecurity,
  middleware: withApiKey,
  request: { query: pagingQuery({ usual: MOST_KEYS, most: MOST_KEYS }) },
  responses: {
    200: {
      description: "Newest first",
      content: { "application/json": { schema: z.object({ items: z.array(keySchema), total: z.int() }) } },
    },
    ...errorResponses("VALIDATION_ERROR", "INVALID_API_KEY", "INSUFFICIENT_SCOPE"),
  },
});

export const listApiKeysRoute = (router: Router) =>
  router.openapi(route, async (c) => c.json(await listApiKeys(contextOf(c), c.req.valid("query")), 200));
