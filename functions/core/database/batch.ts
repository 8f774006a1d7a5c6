import { isSQLWrapper } from "drizzle-orm";
import type { BatchItem } from "drizzle-orm/batch";

export type Statement = BatchItem<"sqlite">;

/**
 * Statements by name, which run in the order of their names. A name may also stand for a batch within the batch, for a list
 * of statements, or for none.
 */
export type Batch = { readonly [name: string]: Statement | readonly Statement[] | Batch | undefined };

type RowsOf<S> = S extends { readonly _: { readonly result: infer R } } ? R : unknown;

/** What each statement of a batch answered, under its name. */
export type Answers<B> = {
  -readonly [K in keyof B]: B[K] extends Statement
    ? RowsOf<B[K]>
    : B[K] extends readonly Statement[]
      ? unknown[][]
      : B[K] extends Batch
        ? Answers<B[K]>
        : B[K] extends Statement | undefined
          ? RowsOf<NonNullable<B[K]>> | undefined
          : undefined;
};

/**
 * The statements of a batch in their order.
 * @throws Error for a name that is a number, because JavaScript sorts such names first.
 */
export function statementsOf(batch: Batch): Statement[] {
  return Object.entries(batch).flatMap(([name, part]) => {
    if (/^\d+$/.test(name)) throw new Error(`a statement cannot be named ${name}`);
    if (part === undefined) return [];
    if (isStatement(part)) return [part];
    return isList(part) ? part : statementsOf(part);
  });
}

/** Puts the answers of all statements under the names of the statements. */
export function answersOf<B extends Batch>(batch: B, answers: Iterable<unknown>): Answers<B> {
  const left = answers[Symbol.iterator]();
  const next = (): unknown => left.next().value;
  const named = (part: Batch): Record<string, unknown> =>
    Object.fromEntries(Object.entries(part).map(([name, inner]) => [name, answerOf(inner)]));
  const answerOf = (part: Batch[string]): unknown => {
    if (part === undefined) return undefined;
    if (isStatement(part)) return next();
    return isList(part) ? part.map(next) : named(part);
  };
  return named(batch) as Answers<B>;
}

const isList = (part: readonly Statement[] | Batch): part is readonly Statement[] => Array.isArray(part);

const isStatement = (part: Statement | readonly Statement[] | Batch): part is Statement => isSQLWrapper(part);
