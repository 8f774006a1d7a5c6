/**
 * What each constraint that may refuse a batch means to the code that wrote the batch: a code of the error table, or a word
 * of its own.
 */
export type Refusals<Meaning extends string = string> = Readonly<Record<string, Meaning>>;

const constraints = new Set<string>();

/**
 * Declares what constraints mean, each named as SQLite does: by its columns (`uploads.owner, uploads.idempotency_key`) or
 * by a name of its own. To be called where a module loads, so that a test can hold every name against the database.
 */
export function refusals<Meaning extends string>(meanings: Record<string, Meaning>): Refusals<Meaning> {
  for (const constraint of Object.keys(meanings)) constraints.add(constraint);
  return meanings;
}

/** Every constraint that a loaded module has given a meaning. */
export const declaredConstraints = (): readonly string[] => Array.from(constraints).toSorted();
