import { invalid } from "../../core/http/validation.ts";
import { eventData, type EventType } from "./events.ts";

export const eventTypes = Object.keys(eventData) as [EventType, ...EventType[]];

/** The types that are about one software: all that an endpoint limited to some software can get. */
const isOfSoftware = (type: string) => /^(package|release|rollout)\./.test(type);

/** @throws AppError VALIDATION_ERROR for an endpoint that would never get one of the types that it chose. */
export function checkEventChoice(events: readonly string[] | null, software: readonly string[] | null): void {
  const never = software === null ? undefined : events?.find((type) => !isOfSoftware(type));
  if (never !== undefined) throw invalid("events", "webhook.limitedEvents", { type: never });
}
