import { createRoute, z } from "@hono/zod-openapi";
import { contextOf } from "../../core/http/request.ts";
import { errorResponses, type Router } from "../../core/http/router.ts";
import { withApiKey } from "../authenticate.middleware.ts";
import { listApiKeys } from "./manage-api-keys.ts";
import { apiKeySecurity, keySchema } from "../schemas.ts";

const route = createRoute({
  method: "get",
  path: "/api/v1/api-keys",
  tags: ["API keys"],
  summary: "List API keys",
  security: apiKeySecurity,
  middleware: withApiKey,
  responses: {
    200: {
      description: "Newest first",
      content: { "application/json": { schema: z.object({ items: z.array(keySchema) }) } },
    },
    ...errorResponses("INVALID_API_KEY", "INSUFFICIENT_SCOPE"),
  },
});

export const listApiKeysRoute = (router: Router) =>
  router.openapi(route, async (c) => c.json({ items: await listApiKeys(contextOf(c)) }, 200));
