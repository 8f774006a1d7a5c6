import type { components } from "../../../../scripts/client/openapi.ts";
import { distance } from "../../locale/format.ts";
import { now } from "../../locale/now.ts";
import { t } from "./texts.ts";

export type Webhook = components["schemas"]["Webhook"];
export type Delivery = components["schemas"]["WebhookDelivery"];
/** What "Send a test" sends. */
const TEST = "webhook.test";
export type EventType = NonNullable<Webhook["events"]>[number];

// The compiler holds this list and the description together: a type that is missing here does not compile.
const known: Readonly<Record<EventType, true>> = {
  "package.published": true,
  "package.yanked": true,
  "release.published": true,
  "rollout.raised": true,
  "rollout.paused": true,
  "rollout.rolled_back": true,
  "rollout.completed": true,
  "rollout.failing": true,
  "plugin.published": true,
  "task.completed": true,
  "task.failed": true,
  "task.cancelled": true,
  "storage.threshold": true,
  "ledger.mismatch": true,
  "agent.offline": true,
};
export const eventTypes = Object.keys(known) as EventType[];

/** An event in words; one that the console does not know keeps its own name. */
export const sayEvent = (type: string): string =>
  type in known || type === TEST ? t(`event.${type as EventType}`) : type;

/** Whether the next attempt of a delivery, which is made by itself, is only waited for. */
export const isDue = (at: string): boolean => Date.parse(at) <= now();

/** When a delivery that waits is attempted next, by itself. */
export const sayNext = (at: string): string => (isDue(at) ? t("due") : t("nextWhen", { when: distance(at) }));

/** What sending a delivery is called: one that waits is sent before its time. */
export const sayResend = ({ state }: Pick<Delivery, "state">): string =>
  t(state === "pending" ? "sendNow" : "again");

/** What the form of a webhook holds. */
export type Draft = {
  url: string;
  description: string;
  isAll: boolean;
  events: EventType[];
  software: string[];
};

/** The form of what is there, or of nothing yet. */
export const draftOf = (webhook?: Webhook): Draft => ({
  url: webhook?.url ?? "",
  description: webhook?.description ?? "",
  isAll: (webhook?.events ?? null) === null,
  events: [...(webhook?.events ?? [])],
  software: [...(webhook?.software ?? [])],
});

/** What the server is sent; null stands for all. */
export const bodyOf = ({ url, description, isAll, events, software }: Draft) => ({
  url: url.trim(),
  description: description.trim(),
  events: isAll ? null : events,
  software: software.length > 0 ? software : null,
});
