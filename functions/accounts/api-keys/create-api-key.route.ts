import { createRoute, z } from "@hono/zod-openapi";
import { scopes } from "../../core/context.ts";
import { contextOf } from "../../core/http/request.ts";
import { errorResponses, jsonBody, type Router } from "../../core/http/router.ts";
import { withApiKey } from "../authenticate.middleware.ts";
import { createApiKey } from "./api-keys.ts";
import { apiKeySecurity, keySchema } from "../schemas.ts";

const route = createRoute({
  method: "post",
  path: "/api/v1/api-keys",
  tags: ["API keys"],
  summary: "Create an API key",
  description: "The key is in this answer and never shown again.",
  security: apiKeySecurity,
  middleware: withApiKey,
  request: jsonBody(
    z.object({
      name: z.string().trim().min(1).max(100),
      scopes: z.array(z.enum(scopes)).min(1).max(scopes.length),
      expires_at: z.iso.datetime({ offset: true }).optional(),
    }),
  ),
  responses: {
    201: {
      description: "Created",
      content: {
        "application/json": { schema: keySchema.extend({ key: z.string() }).meta({ id: "NewApiKey" }) },
      },
    },
    ...errorResponses("VALIDATION_ERROR", "INVALID_API_KEY", "INSUFFICIENT_SCOPE"),
  },
});

export const createApiKeyRoute = (router: Router) =>
  router.openapi(route, async (c) => c.json(await createApiKey(contextOf(c), c.req.valid("json")), 201));
