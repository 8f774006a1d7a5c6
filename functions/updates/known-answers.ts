import type { Deps } from "../core/deps.ts";
import { perIsolate } from "../core/isolate.ts";
import type { CheckedVersion } from "./check-version.ts";

/** Questions remembered by an isolate, some 5 MiB; a flood of others only makes it forget. */
const MOST_ANSWERS = 10_000;
/** A question that is longer is not one that many clients ask. */
const LONGEST_QUESTION = 200;

export type KnownAnswer = Pick<CheckedVersion, "etag" | "stands" | "software"> & { body: string };

const answersOf = perIsolate(() => new Map<string, KnownAnswer>());

/** Keeps a version check's answer for the same question, as long as the index it was decided by stands. */
export function rememberAnswer(deps: Deps, url: string, answer: KnownAnswer): void {
  const answers = answersOf(deps);
  const question = questionOf(url);
  if (question.length > LONGEST_QUESTION) return;
  if (answers.size >= MOST_ANSWERS) answers.clear();
  answers.set(question, answer);
}

/** The answer to a question asked before, while nothing can have changed it. */
export function recallAnswer(deps: Deps, url: string): KnownAnswer | undefined {
  const answer = answersOf(deps).get(questionOf(url));
  return answer?.stands(deps) ? answer : undefined;
}

/** What decides the answer, as it was written. */
const DECIDING = /[?&](?:software|platform|arch|current_version|channel|format|plans)=[^&#]*/g;

/** A query without what clients send beside the question: who they are, or something against caches. */
function questionOf(url: string): string {
  const query = url.slice(url.indexOf("?"));
  // An encoded name may be any name.
  return query.includes("%") ? query : (query.match(DECIDING)?.join("") ?? "");
}
