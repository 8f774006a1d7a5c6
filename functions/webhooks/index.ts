import { detailEnvelope } from "../core/http/envelopes.ts";
import { createRouter, limitBody, MAX_JSON_BYTES } from "../core/http/router.ts";
import { getDeliveryRoute } from "./deliveries/get-delivery.route.ts";
import { listDeliveriesRoute } from "./deliveries/list-deliveries.route.ts";
import { resendDeliveryRoute } from "./deliveries/resend-delivery.route.ts";
import { testWebhookRoute } from "./deliveries/test-webhook.route.ts";
import { createWebhookRoute } from "./endpoints/create-webhook.route.ts";
import { deleteWebhookRoute } from "./endpoints/delete-webhook.route.ts";
import { getWebhookRoute } from "./endpoints/get-webhook.route.ts";
import { listWebhooksRoute } from "./endpoints/list-webhooks.route.ts";
import { rotateWebhookSecretRoute } from "./endpoints/rotate-webhook-secret.route.ts";
import { describeEvents } from "./events/describe-events.ts";
import { updateWebhookRoute } from "./endpoints/update-webhook.route.ts";

export { webhookMetrics } from "./metrics.ts";
export { deliverDue } from "./sending/deliver-due.ts";
export { expireDeliveries } from "./sending/expire-deliveries.ts";

export function webhookRoutes() {
  const router = createRouter(detailEnvelope);
  router.use("/api/v1/webhooks", limitBody(MAX_JSON_BYTES));
  router.use("/api/v1/webhooks/*", limitBody(MAX_JSON_BYTES));
  listWebhooksRoute(router);
  createWebhookRoute(router);
  getWebhookRoute(router);
  updateWebhookRoute(router);
  deleteWebhookRoute(router);
  rotateWebhookSecretRoute(router);
  testWebhookRoute(router);
  listDeliveriesRoute(router);
  getDeliveryRoute(router);
  resendDeliveryRoute(router);
  describeEvents(router);
  return router;
}
