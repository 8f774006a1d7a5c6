import { createRoute } from "@hono/zod-openapi";
import { withApiKey } from "../../accounts/authenticate.middleware.ts";
import { apiKeySecurity } from "../../accounts/schemas.ts";
import { contextOf } from "../../core/http/request.ts";
import { errorResponses, type Router } from "../../core/http/router.ts";
import { webhookParam } from "../schemas.ts";
import { deleteWebhook } from "./update-webhook.ts";

const route = createRoute({
  method: "delete",
  path: "/api/v1/webhooks/{id}",
  tags: ["Webhooks"],
  summary: "Delete a webhook and its deliveries",
  security: apiKeySecurity,
  middleware: withApiKey,
  request: { params: webhookParam },
  responses: {
    204: { description: "Deleted" },
    ...errorResponses("INVALID_API_KEY", "INSUFFICIENT_SCOPE", "ACCESS_DENIED", "WEBHOOK_NOT_FOUND"),
  },
});

export const deleteWebhookRoute = (router: Router) =>
  router.openapi(route, async (c) => {
    await deleteWebhook(contextOf(c), c.req.valid("param").id);
    return c.body(null, 204);
  });
