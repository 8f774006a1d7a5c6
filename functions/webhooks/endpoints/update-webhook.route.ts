import { createRoute, z } from "@hono/zod-openapi";
import { withApiKey } from "../../accounts/authenticate.middleware.ts";
import { apiKeySecurity } from "../../accounts/schemas.ts";
import { contextOf } from "../../core/http/request.ts";
import { errorResponses, jsonBody, type Router } from "../../core/http/router.ts";
import { softwareNames } from "../../accounts/schemas.ts";
import { description, events, url, webhookParam, webhookSchema } from "../schemas.ts";
import { updateWebhook } from "./update-webhook.ts";

const route = createRoute({
  method: "patch",
  path: "/api/v1/webhooks/{id}",
  tags: ["Webhooks"],
  summary: "Change a webhook, disable or enable it",
  description:
    "What is left out stays. Disabled, it is told of nothing, and its waiting deliveries have failed.",
  security: apiKeySecurity,
  middleware: withApiKey,
  request: {
    params: webhookParam,
    ...jsonBody(
      z.object({
        url: url.optional(),
        description: description.optional(),
        events: events.nullable().optional().meta({ description: "Null for all" }),
        software: softwareNames.nullable().optional().meta({ description: "Null for events of every kind" }),
        enabled: z.boolean().optional(),
      }),
    ),
  },
  responses: {
    200: { description: "As it is now", content: { "application/json": { schema: webhookSchema } } },
    ...errorResponses(
      "VALIDATION_ERROR",
      "INVALID_API_KEY",
      "INSUFFICIENT_SCOPE",
      "ACCESS_DENIED",
      "WEBHOOK_NOT_FOUND",
      "SOFTWARE_NOT_FOUND",
    ),
  },
});

export const updateWebhookRoute = (router: Router) =>
  router.openapi(route, async (c) => {
    const { id } = c.req.valid("param");
    return c.json(await updateWebhook(contextOf(c), id, c.req.valid("json")), 200);
  });
