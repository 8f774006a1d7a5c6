import { z } from "zod";
import { deliveryStates } from "../../schema/webhooks.ts";
import { plainLine, title } from "../kit/text.ts";
import { eventTypes } from "./events/event-choice.ts";

/** Longer than any id that was ever given out. */
const MAX_ID = 100;
const MAX_URL = 2000;

const iso = z.iso.datetime();
const id = z.string().max(MAX_ID);

export const webhookParam = z.object({ id: id.meta({ example: "whk_01k8f3q5zj7m0c2w9x4e6t8r1a" }) });
export const deliveryParam = webhookParam.extend({
  delivery_id: id.meta({ example: "msg_01k8f3q5zj7m0c2w9x4e6t8r1a" }),
});

export const url = plainLine(1, MAX_URL).meta({
  description: "https with a public name, unless this server allows others; redirects are not followed",
  example: "https://hooks.example.com/slipway",
});
export const description = title(0, 200).meta({ description: "For people" });
export const events = z.array(z.enum(eventTypes)).min(1).max(eventTypes.length);

export const webhookSchema = z
  .object({
    id: z.string(),
    url: z.string(),
    description: z.string(),
    events: z
      .array(z.enum(eventTypes))
      .nullable()
      .meta({ description: "Null for all, also those that come later" }),
    software: z
      .array(z.string())
      .nullable()
      .meta({ description: "Slugs of the software that it is limited to; null for events of every kind" }),
    enabled: z.boolean(),
    disabled_reason: z.string().nullable().meta({ description: "Why the server disabled it by itself" }),
    disabled_at: iso.nullable(),
    previous_secret_until: iso
      .nullable()
      .meta({ description: "Until then messages are signed with the secret before this one as well" }),
    last_delivered_at: iso.nullable(),
    pending: z.int().meta({ description: "Deliveries that wait" }),
    created_by: z.string(),
    created_at: iso,
    updated_at: iso,
  })
  .meta({ id: "Webhook" });

export const secret = z
  .string()
  .meta({ description: "What messages are signed with: HMAC-SHA256, as Standard Webhooks has it" });

export const deliveryState = z.enum(deliveryStates);

export const deliverySchema = z
  .object({
    id: z.string().meta({ description: "The message's `webhook-id`, the same for each attempt" }),
    event_id: z.string().meta({ description: "The same for all webhooks that were told of one event" }),
    type: z.string(),
    subject: z.string().nullable().meta({
      description:
        "What it is about: software or plugin with its version, a task's title, a server's name; null where there is none",
    }),
    state: deliveryState,
    attempts: z.int(),
    next_attempt_at: iso.nullable(),
    created_at: iso,
    ended_at: iso.nullable(),
    last_status: z.int().nullable(),
    last_fault: z.string().nullable(),
  })
  .meta({ id: "WebhookDelivery" });

export const deliveryDetails = deliverySchema
  .extend({
    payload: z.string().meta({ description: "The body, as it is signed and sent" }),
    tries: z.array(
      z.object({
        attempt: z.int(),
        at: iso,
        duration_ms: z.int(),
        status: z.int().nullable().meta({ description: "Null where no answer came" }),
        fault: z.string().nullable(),
        answer: z.string().meta({ description: "Its first KiB" }),
      }),
    ),
  })
  .meta({ id: "WebhookDeliveryDetails" });
