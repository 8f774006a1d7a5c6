import { createRoute } from "@hono/zod-openapi";
import { withApiKey } from "../../accounts/authenticate.middleware.ts";
import { apiKeySecurity } from "../../accounts/schemas.ts";
import { contextOf } from "../../core/http/request.ts";
import { errorResponses, type Router } from "../../core/http/router.ts";
import { deliverySchema, webhookParam } from "../schemas.ts";
import { testWebhook } from "./send-anew.ts";

const route = createRoute({
  method: "post",
  path: "/api/v1/webhooks/{id}/test",
  tags: ["Webhooks"],
  summary: "Send a test message",
  description:
    "A message of the type `webhook.test`, whatever the webhook has chosen; it is sent at once, and the delivery says how that ended.",
  security: apiKeySecurity,
  middleware: withApiKey,
  request: { params: webhookParam },
  responses: {
    202: { description: "Its delivery", content: { "application/json": { schema: deliverySchema } } },
    ...errorResponses("INVALID_API_KEY", "INSUFFICIENT_SCOPE", "ACCESS_DENIED", "WEBHOOK_NOT_FOUND"),
  },
});

export const testWebhookRoute = (router: Router) =>
  router.openapi(route, async (c) => c.json(await testWebhook(contextOf(c), c.req.valid("param").id), 202));
