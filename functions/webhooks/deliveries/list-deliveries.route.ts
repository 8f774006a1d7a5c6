import { createRoute, z } from "@hono/zod-openapi";
import { withApiKey } from "../../accounts/authenticate.middleware.ts";
import { apiKeySecurity } from "../../accounts/schemas.ts";
import { contextOf } from "../../core/http/request.ts";
import { errorResponses, type Router } from "../../core/http/router.ts";
import { deliverySchema, deliveryState, webhookParam } from "../schemas.ts";
import { listDeliveries } from "./list-deliveries.ts";

const route = createRoute({
  method: "get",
  path: "/api/v1/webhooks/{id}/deliveries",
  tags: ["Webhooks"],
  summary: "List a webhook's deliveries, newest first",
  security: apiKeySecurity,
  middleware: withApiKey,
  request: {
    params: webhookParam,
    query: z.object({
      state: deliveryState.optional(),
      limit: z.coerce.number().int().min(1).max(100).default(20),
      before: z.string().max(100).optional().meta({ description: "`next` of the page before" }),
    }),
  },
  responses: {
    200: {
      description: "A page of them",
      content: {
        "application/json": {
          schema: z.object({
            items: z.array(deliverySchema),
            next: z
              .string()
              .nullable()
              .meta({ description: "`before` of the next page; null after the last" }),
          }),
        },
      },
    },
    ...errorResponses(
      "VALIDATION_ERROR",
      "INVALID_API_KEY",
      "INSUFFICIENT_SCOPE",
      "ACCESS_DENIED",
      "WEBHOOK_NOT_FOUND",
    ),
  },
});

export const listDeliveriesRoute = (router: Router) =>
  router.openapi(route, async (c) => {
    const { id } = c.req.valid("param");
    return c.json(await listDeliveries(contextOf(c), id, c.req.valid("query")), 200);
  });
