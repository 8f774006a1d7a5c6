import type { ErrorCode } from "../core/errors.ts";
import { invalid } from "../core/http/validation.ts";
import type { Publisher } from "./publisher.ts";

const publishers = new Map<string, Publisher>();

/** Makes kinds of upload known to all isolates. Uploads of a kind are published by the kind's Publisher. */
export function registerPublishers(kinds: Readonly<Record<string, Publisher>>): void {
  for (const [kind, publisher] of Object.entries(kinds)) publishers.set(kind, publisher);
}

/** The names of all kinds. */
export const allKinds = (): string[] => Array.from(publishers.keys());

export const allPublishers = (): Publisher[] => Array.from(publishers.values());

/** The Publisher of a kind. @throws AppError VALIDATION_ERROR for a kind that is not taken here. */
export function publisherOf(kind: string): Publisher {
  const publisher = publishers.get(kind);
  if (!publisher) throw invalid("kind", "fault.oneOf", { values: allKinds().join(", ") });
  return publisher;
}

/** The codes by which files of any kind may be refused before a byte is sent. */
export const admissionErrors = (): ErrorCode[] =>
  errorsOfAll(({ description, takenCode }) => description.admissionErrors.concat(takenCode));

/** The codes by which files of any kind may be refused once they are verified. */
export const publicationErrors = (): ErrorCode[] =>
  errorsOfAll(({ description, refusals }) => {
    const refused = Object.values(refusals).filter((refusal) => refusal !== "ended" && refusal !== "later");
    return (description.inspectionErrors ?? []).concat(refused);
  });

const errorsOfAll = (errorsOf: (publisher: Publisher) => readonly ErrorCode[]): ErrorCode[] =>
  Array.from(new Set(allPublishers().flatMap(errorsOf)));
