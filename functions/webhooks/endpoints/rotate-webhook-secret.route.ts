import { createRoute, z } from "@hono/zod-openapi";
import { withApiKey } from "../../accounts/authenticate.middleware.ts";
import { apiKeySecurity } from "../../accounts/schemas.ts";
import { contextOf } from "../../core/http/request.ts";
import { errorResponses, type Router } from "../../core/http/router.ts";
import { secret, webhookParam } from "../schemas.ts";
import { rotateWebhookSecret } from "./rotate-webhook-secret.ts";

const route = createRoute({
  method: "post",
  path: "/api/v1/webhooks/{id}/rotate-secret",
  tags: ["Webhooks"],
  summary: "Give a webhook another secret",
  description:
    "It is in this answer and never shown again. For 24 hours each message has two signatures, one by the secret before it.",
  security: apiKeySecurity,
  middleware: withApiKey,
  request: { params: webhookParam },
  responses: {
    200: {
      description: "The new secret",
      content: {
        "application/json": {
          schema: z.object({ id: z.string(), secret, previous_secret_until: z.iso.datetime() }),
        },
      },
    },
    ...errorResponses("INVALID_API_KEY", "INSUFFICIENT_SCOPE", "ACCESS_DENIED", "WEBHOOK_NOT_FOUND"),
  },
});

export const rotateWebhookSecretRoute = (router: Router) =>
  router.openapi(route, async (c) =>
    c.json(await rotateWebhookSecret(contextOf(c), c.req.valid("param").id), 200),
  );
