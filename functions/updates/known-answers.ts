import type { Deps } from "../core/deps.ts";
import { perIsolate } from "../core/isolate.ts";
import type { CheckedVersion } from "./check-version.ts";

/** How many questions an isolate remembers, some 5 MiB. A flood of different questions only makes it forget. */
const MOST_ANSWERS = 10_000;
/** Longer questions are not remembered, because not many clients ask them. */
const LONGEST_QUESTION = 200;

export type KnownAnswer = Pick<CheckedVersion, "etag" | "stands" | "software"> & { body: string };

const answersOf = perIsolate(() => new Map<string, KnownAnswer>());

/** Remembers the answer to a version check. It is used again for as long as the indexes stand from which it was decided. */
export function rememberAnswer(deps: Deps, url: string, answer: KnownAnswer): void {
  const answers = answersOf(deps);
  const question = questionOf(url);
  if (question.length > LONGEST_QUESTION) return;
  if (answers.size >= MOST_ANSWERS) answers.clear();
  answers.set(question, answer);
}

/** The answer to the same question asked before, unless something may have changed it. */
export function recallAnswer(deps: Deps, url: string): KnownAnswer | undefined {
  const answer = answersOf(deps).get(questionOf(url));
  return answer?.stands(deps) ? answer : undefined;
}

/** The parts of a query that decide the answer, as the client wrote them. */
const DECIDING = /[?&](?:software|platform|arch|current_version|channel|format|plans)=[^&#]*/g;

/** The query without the rest, which says who the client is or keeps caches from answering. */
function questionOf(url: string): string {
  const query = url.slice(url.indexOf("?"));
  // An encoded parameter name could be any name, so such a query is kept whole.
  return query.includes("%") ? query : (query.match(DECIDING)?.join("") ?? "");
}
