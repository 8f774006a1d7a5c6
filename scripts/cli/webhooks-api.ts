import { z } from "zod";
import { ask } from "../client/ask.ts";
import type { Call, Client } from "../client/client.ts";

const Webhook = z.looseObject({
  id: z.string(),
  url: z.string(),
  events: z.array(z.string()).nullable(),
  software: z.array(z.string()).nullable(),
  enabled: z.boolean(),
  disabled_reason: z.string().nullable(),
  last_delivered_at: z.string().nullable(),
  pending: z.int(),
});
export type Webhook = z.infer<typeof Webhook>;

const Delivery = z.looseObject({
  id: z.string(),
  type: z.string(),
  /** What it is about; older servers do not say it. */
  subject: z.string().nullish(),
  state: z.enum(["pending", "delivered", "failed"]),
  attempts: z.int(),
  next_attempt_at: z.string().nullable(),
  created_at: z.string(),
  last_status: z.int().nullable(),
  last_fault: z.string().nullable(),
});
export type Delivery = z.infer<typeof Delivery>;

const DeliveryPage = z.looseObject({ items: z.array(Delivery), next: z.string().nullable() });

const WEBHOOKS = "/api/v1/webhooks";
const pathOf = (id: string) => `${WEBHOOKS}/${encodeURIComponent(id)}`;
const deliveryPath = (id: string, delivery: string) =>
  `${pathOf(id)}/deliveries/${encodeURIComponent(delivery)}`;

const withKey = <T extends z.ZodType>(
  client: Client,
  shape: T,
  method: string,
  path: string,
  call: Call = {},
) => ask(client, shape, method, path, { key: "required", ...call });

export const listWebhooks = async (client: Client) =>
  (await withKey(client, z.looseObject({ items: z.array(Webhook) }), "GET", WEBHOOKS)).items;

/** Makes a webhook; its secret is in this answer alone. */
export const createWebhook = (
  client: Client,
  json: { url: string; description?: string; events?: string[]; software?: string[] },
) => withKey(client, Webhook.extend({ secret: z.string() }), "POST", WEBHOOKS, { json });

export async function deleteWebhook(client: Client, id: string): Promise<void> {
  await client.call("DELETE", pathOf(id), { key: "required" });
}

export const testWebhook = (client: Client, id: string) =>
  withKey(client, Delivery, "POST", `${pathOf(id)}/test`);

export const listDeliveries = (client: Client, id: string, filter: Record<string, string>) =>
  withKey(client, DeliveryPage, "GET", `${pathOf(id)}/deliveries?${new URLSearchParams(filter).toString()}`);

export const getDelivery = (client: Client, id: string, delivery: string) =>
  withKey(client, Delivery, "GET", deliveryPath(id, delivery));

export const resendDelivery = (client: Client, id: string, delivery: string) =>
  withKey(client, Delivery, "POST", `${deliveryPath(id, delivery)}/resend`);
