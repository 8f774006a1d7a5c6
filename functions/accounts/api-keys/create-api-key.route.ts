import { createRoute, z } from "@hono/zod-openapi";
import { scopes } from "../../core/context.ts";
import { contextOf } from "../../core/http/request.ts";
import { errorResponses, jsonBody, type Router } from "../../core/http/router.ts";
import { withApiKey } from "../authenticate.middleware.ts";
import { title } from "../../kit/text.ts";
import { createApiKey } from "./manage-api-keys.ts";
import { apiKeySecurity, keySchema, softwareNames } from "../schemas.ts";

const route = createRoute({
  method: "post",
  path: "/api/v1/api-keys",
  tags: ["API keys"],
  summary: "Create an API key",
  description:
    "The key is in this answer and never shown again. `packages:read` opens private software, `packages:write` publishes, changes and reads packages, `webhooks:admin` manages webhooks; a key with these three alone can be limited to some software, which need not be there yet. `storage:admin`, `keys:admin` and `metrics:read`, which reads `GET /metrics`, are about all software.",
  security: apiKeySecurity,
  middleware: withApiKey,
  request: jsonBody(
    z.object({
      name: title(1, 100),
      scopes: z.array(z.enum(scopes)).min(1).max(scopes.length),
      software: softwareNames.optional().meta({
        description: "Slugs or akeys of the software that the key is limited to; without it, all software",
      }),
      expires_at: z.iso
        .datetime({ offset: true })
        .optional()
        .meta({ description: "In the future", example: "2036-12-31T23:59:59Z" }),
    }),
  ),
  responses: {
    201: {
      description: "Created",
      content: {
        "application/json": { schema: keySchema.extend({ key: z.string() }).meta({ id: "NewApiKey" }) },
      },
    },
    ...errorResponses(
      "VALIDATION_ERROR",
      "INVALID_API_KEY",
      "INSUFFICIENT_SCOPE",
      "SOFTWARE_NOT_FOUND",
      "ALREADY_EXPIRED",
    ),
  },
});

export const createApiKeyRoute = (router: Router) =>
  router.openapi(route, async (c) => c.json(await createApiKey(contextOf(c), c.req.valid("json")), 201));
