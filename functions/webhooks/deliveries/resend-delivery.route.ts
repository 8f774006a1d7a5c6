import { createRoute } from "@hono/zod-openapi";
import { withApiKey } from "../../accounts/authenticate.middleware.ts";
import { apiKeySecurity } from "../../accounts/schemas.ts";
import { contextOf } from "../../core/http/request.ts";
import { errorResponses, type Router } from "../../core/http/router.ts";
import { deliveryParam, deliverySchema } from "../schemas.ts";
import { resendDelivery } from "./send-anew.ts";

const route = createRoute({
  method: "post",
  path: "/api/v1/webhooks/{id}/deliveries/{delivery_id}/resend",
  tags: ["Webhooks"],
  summary: "Send a delivery again, or now",
  description:
    "At once, also where its next attempt is hours away, and with all repetitions, as if it had not been tried yet; the message keeps its id. While an attempt is under way no other begins.",
  security: apiKeySecurity,
  middleware: withApiKey,
  request: { params: deliveryParam },
  responses: {
    202: { description: "The delivery", content: { "application/json": { schema: deliverySchema } } },
    ...errorResponses(
      "INVALID_API_KEY",
      "INSUFFICIENT_SCOPE",
      "ACCESS_DENIED",
      "WEBHOOK_NOT_FOUND",
      "DELIVERY_NOT_FOUND",
    ),
  },
});

export const resendDeliveryRoute = (router: Router) =>
  router.openapi(route, async (c) => {
    const { id, delivery_id } = c.req.valid("param");
    return c.json(await resendDelivery(contextOf(c), id, delivery_id), 202);
  });
