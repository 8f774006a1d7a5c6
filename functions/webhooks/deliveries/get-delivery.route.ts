import { createRoute } from "@hono/zod-openapi";
import { withApiKey } from "../../accounts/authenticate.middleware.ts";
import { apiKeySecurity } from "../../accounts/schemas.ts";
import { contextOf } from "../../core/http/request.ts";
import { errorResponses, type Router } from "../../core/http/router.ts";
import { deliveryDetails, deliveryParam } from "../schemas.ts";
import { getDelivery } from "./get-delivery.ts";

const route = createRoute({
  method: "get",
  path: "/api/v1/webhooks/{id}/deliveries/{delivery_id}",
  tags: ["Webhooks"],
  summary: "A delivery with all its attempts",
  security: apiKeySecurity,
  middleware: withApiKey,
  request: { params: deliveryParam },
  responses: {
    200: {
      description: "What was sent, and what came back",
      content: { "application/json": { schema: deliveryDetails } },
    },
    ...errorResponses(
      "INVALID_API_KEY",
      "INSUFFICIENT_SCOPE",
      "ACCESS_DENIED",
      "WEBHOOK_NOT_FOUND",
      "DELIVERY_NOT_FOUND",
    ),
  },
});

export const getDeliveryRoute = (router: Router) =>
  router.openapi(route, async (c) => {
    const { id, delivery_id } = c.req.valid("param");
    return c.json(await getDelivery(contextOf(c), id, delivery_id), 200);
  });
