import { invalid } from "../core/errors.ts";
import type { Publisher } from "./publisher.ts";

const publishers = new Map<string, Publisher>();

/** Makes kinds of upload known, for all isolates: what is uploaded as one of them is published by its Publisher. */
export function registerPublishers(kinds: Readonly<Record<string, Publisher>>): void {
  for (const [kind, publisher] of Object.entries(kinds)) publishers.set(kind, publisher);
}

export const allPublishers = (): Publisher[] => Array.from(publishers.values());

/** The Publisher of a kind. @throws AppError VALIDATION_ERROR for a kind that is not taken here. */
export function publisherOf(kind: string): Publisher {
  const publisher = publishers.get(kind);
  if (!publisher) throw invalid("kind", Array.from(publishers.keys()).join(" | "));
  return publisher;
}
