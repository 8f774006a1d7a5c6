import { createRoute, z } from "@hono/zod-openapi";
import { withApiKey } from "../../accounts/authenticate.middleware.ts";
import { apiKeySecurity } from "../../accounts/schemas.ts";
import { contextOf } from "../../core/http/request.ts";
import { errorResponses, type Router } from "../../core/http/router.ts";
import { webhookSchema } from "../schemas.ts";
import { listWebhooks } from "./list-webhooks.ts";

const route = createRoute({
  method: "get",
  path: "/api/v1/webhooks",
  tags: ["Webhooks"],
  summary: "List webhooks, newest first",
  security: apiKeySecurity,
  middleware: withApiKey,
  responses: {
    200: {
      description: "Those that the key may see, at most 50",
      content: { "application/json": { schema: z.object({ items: z.array(webhookSchema) }) } },
    },
    ...errorResponses("INVALID_API_KEY", "INSUFFICIENT_SCOPE", "ACCESS_DENIED"),
  },
});

export const listWebhooksRoute = (router: Router) =>
  router.openapi(route, async (c) => c.json({ items: await listWebhooks(contextOf(c)) }, 200));
