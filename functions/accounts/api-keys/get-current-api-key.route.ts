import { createRoute, z } from "@hono/zod-openapi";
import { scopes } from "../../core/context.ts";
import { contextOf } from "../../core/http/request.ts";
import { errorResponses, type Router } from "../../core/http/router.ts";
import { withApiKey } from "../authenticate.middleware.ts";
import { getCurrentApiKey } from "./manage-api-keys.ts";
import { apiKeySecurity, keySoftware } from "../schemas.ts";

const route = createRoute({
  method: "get",
  path: "/api/v1/api-keys/current",
  tags: ["API keys"],
  summary: "What the presented API key may do",
  security: apiKeySecurity,
  middleware: withApiKey,
  responses: {
    200: {
      description: "The key is good",
      content: {
        "application/json": {
          schema: z.object({ id: z.string(), scopes: z.array(z.enum(scopes)), software: keySoftware }),
        },
      },
    },
    ...errorResponses("INVALID_API_KEY"),
  },
});

export const getCurrentApiKeyRoute = (router: Router) =>
  router.openapi(route, (c) => c.json(getCurrentApiKey(contextOf(c)), 200));
