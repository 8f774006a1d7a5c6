import { createRoute } from "@hono/zod-openapi";
import { withApiKey } from "../../accounts/authenticate.middleware.ts";
import { apiKeySecurity } from "../../accounts/schemas.ts";
import { contextOf } from "../../core/http/request.ts";
import { errorResponses, type Router } from "../../core/http/router.ts";
import { webhookParam, webhookSchema } from "../schemas.ts";
import { getWebhook } from "./list-webhooks.ts";

const route = createRoute({
  method: "get",
  path: "/api/v1/webhooks/{id}",
  tags: ["Webhooks"],
  summary: "A webhook",
  security: apiKeySecurity,
  middleware: withApiKey,
  request: { params: webhookParam },
  responses: {
    200: { description: "The webhook", content: { "application/json": { schema: webhookSchema } } },
    ...errorResponses("INVALID_API_KEY", "INSUFFICIENT_SCOPE", "ACCESS_DENIED", "WEBHOOK_NOT_FOUND"),
  },
});

export const getWebhookRoute = (router: Router) =>
  router.openapi(route, async (c) => c.json(await getWebhook(contextOf(c), c.req.valid("param").id), 200));
