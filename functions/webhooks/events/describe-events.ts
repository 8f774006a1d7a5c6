import { z } from "zod";
import type { Router } from "../../core/http/router.ts";
import { eventData, TEST_EVENT } from "./events.ts";

/** Adds the messages that receivers get to the description: a body for each type of event. */
export function describeEvents(router: Router): void {
  const types = { ...eventData, [TEST_EVENT]: z.object({ webhook_id: z.string() }) };
  for (const [type, data] of Object.entries(types)) {
    const message = z.object({
      type: z.literal(type),
      timestamp: z.iso.datetime().meta({ description: "When it happened" }),
      data,
    });
    router.openAPIRegistry.registerWebhook({
      method: "post",
      path: type,
      operationId: `on_${type.replaceAll(".", "_")}`,
      tags: ["Webhooks"],
      summary: type,
      request: {
        headers: z.object({
          "webhook-id": z.string().meta({ description: "The same for each attempt of a message" }),
          "webhook-timestamp": z.string().meta({ description: "When it was sent: seconds since 1970" }),
          "webhook-signature": z.string().meta({
            description:
              "`v1,` and the base64 of HMAC-SHA256 over `id.timestamp.body`; several between blanks",
          }),
        }),
        body: { required: true, content: { "application/json": { schema: message } } },
      },
      responses: { 204: { description: "Any 2xx: the message was taken" } },
    });
  }
}
