import type { Deps } from "../core/deps.ts";
import { perIsolate } from "../core/isolate.ts";
import type { CheckedVersion } from "./check-version.ts";

/** How many questions an isolate remembers, some 5 MiB. A flood of other questions only makes it forget. */
const MOST_ANSWERS = 10_000;
/** Longer questions are not remembered, because not many clients ask them. */
const LONGEST_QUESTION = 200;

export type KnownAnswer = Pick<CheckedVersion, "etag" | "stands" | "software"> & { body: string };

const answersOf = perIsolate(() => new Map<string, KnownAnswer>());

/** Remembers the answer of a version check for the same question, as long as the index stands that it was decided by. */
export function rememberAnswer(deps: Deps, url: string, answer: KnownAnswer): void {
  const answers = answersOf(deps);
  const question = questionOf(url);
  if (question.length > LONGEST_QUESTION) return;
  if (answers.size >= MOST_ANSWERS) answers.clear();
  answers.set(question, answer);
}

/** The answer to a question that was asked before, while nothing can have changed it. */
export function recallAnswer(deps: Deps, url: string): KnownAnswer | undefined {
  const answer = answersOf(deps).get(questionOf(url));
  return answer?.stands(deps) ? answer : undefined;
}

/** What decides the answer, as it was written. */
const DECIDING = /[?&](?:software|platform|arch|current_version|channel|format|plans)=[^&#]*/g;

/** The query without what clients send beside the question: who they are, or something that defeats caches. */
function questionOf(url: string): string {
  const query = url.slice(url.indexOf("?"));
  // An encoded parameter name could be any name, so the query is kept whole.
  return query.includes("%") ? query : (query.match(DECIDING)?.join("") ?? "");
}
