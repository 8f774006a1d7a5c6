import { createRoute, z } from "@hono/zod-openapi";
import { contextOf } from "../../core/http/request.ts";
import { errorResponses, type Router } from "../../core/http/router.ts";
import { withApiKey } from "../authenticate.middleware.ts";
import { deleteApiKey } from "./manage-api-keys.ts";
import { apiKeySecurity } from "../schemas.ts";

const route = createRoute({
  method: "delete",
  path: "/api/v1/api-keys/{id}",
  tags: ["API keys"],
  summary: "End an API key at once",
  security: apiKeySecurity,
  middleware: withApiKey,
  request: { params: z.object({ id: z.string() }) },
  responses: {
    204: { description: "Deleted" },
    ...errorResponses("INVALID_API_KEY", "INSUFFICIENT_SCOPE", "NOT_FOUND"),
  },
});

export const deleteApiKeyRoute = (router: Router) =>
  router.openapi(route, async (c) => {
    await deleteApiKey(contextOf(c), c.req.valid("param").id);
    return c.body(null, 204);
  });
