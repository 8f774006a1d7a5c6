import { createRoute, z } from "@hono/zod-openapi";
import { withApiKey } from "../../accounts/authenticate.middleware.ts";
import { apiKeySecurity } from "../../accounts/schemas.ts";
import { contextOf } from "../../core/http/request.ts";
import { errorResponses, jsonBody, type Router } from "../../core/http/router.ts";
import { softwareNames } from "../../accounts/schemas.ts";
import { description, events, secret, url, webhookSchema } from "../schemas.ts";
import { createWebhook } from "./create-webhook.ts";

const route = createRoute({
  method: "post",
  path: "/api/v1/webhooks",
  tags: ["Webhooks"],
  summary: "Make a webhook",
  description:
    "The secret is in this answer and never shown again; `rotate-secret` makes another. Needs the scope `webhooks:admin`. A key that is limited to some software makes webhooks for that software alone.",
  security: apiKeySecurity,
  middleware: withApiKey,
  request: jsonBody(
    z.object({
      url,
      description: description.default(""),
      events: events.optional().meta({ description: "All without it, also those that come later" }),
      software: softwareNames.optional().meta({
        description:
          "Slugs or akeys of the software that it is limited to; without it, what the key is limited to",
      }),
    }),
  ),
  responses: {
    201: {
      description: "Made",
      content: {
        "application/json": { schema: webhookSchema.extend({ secret }).meta({ id: "NewWebhook" }) },
      },
    },
    ...errorResponses(
      "VALIDATION_ERROR",
      "INVALID_API_KEY",
      "INSUFFICIENT_SCOPE",
      "ACCESS_DENIED",
      "SOFTWARE_NOT_FOUND",
      "TOO_MANY_WEBHOOKS",
    ),
  },
});

export const createWebhookRoute = (router: Router) =>
  router.openapi(route, async (c) => c.json(await createWebhook(contextOf(c), c.req.valid("json")), 201));
