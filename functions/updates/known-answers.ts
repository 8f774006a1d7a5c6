import type { Ctx } from "../core/context.ts";
import type { Deps } from "../core/deps.ts";
import { perIsolate } from "../core/isolate.ts";
import { bitsOf, type Device } from "../rollouts/limits.ts";
import type { CheckedVersion } from "./check-version.ts";

/** How many questions an isolate remembers, some 5 MiB. A flood of different questions only makes it forget. */
const MOST_ANSWERS = 10_000;
/** Longer questions are not remembered, because not many clients ask them. */
const LONGEST_QUESTION = 200;

export type KnownAnswer = Omit<CheckedVersion, "answer"> & {
  body: string;
  /** Counts that the answer is given once more, and to which device. */
  given: (ctx: Ctx, device: Device) => void;
};

const answersOf = perIsolate(() => new Map<string, KnownAnswer>());

/**
 * Remembers the answer to a version check. It is used again for as long as the indexes stand from which it was decided. Where
 * rollouts decide with, devices share it that are in the same ones: under the question alone is then only kept which
 * rollouts these are.
 */
export function rememberAnswer(deps: Deps, url: string, answer: KnownAnswer): void {
  const answers = answersOf(deps);
  const question = questionOf(url);
  if (question.length > LONGEST_QUESTION) return;
  if (answers.size >= MOST_ANSWERS) answers.clear();
  answers.set(question, answer);
  if (answer.limits.length > 0) answers.set(variantOf(question, answer.bits), answer);
}

/** The answer to the same question asked before, unless something may have changed it. */
export function recallAnswer(deps: Deps, url: string, device: Device): KnownAnswer | undefined {
  const answers = answersOf(deps);
  const question = questionOf(url);
  const known = answers.get(question);
  if (!known?.stands(deps)) return undefined;
  if (known.limits.length === 0) return known;
  const bits = bitsOf(known.limits, { ...device, key: known.key });
  if (bits === known.bits) return known;
  const variant = answers.get(variantOf(question, bits));
  return variant?.stands(deps) ? variant : undefined;
}

/** No question has a blank in it, because no URL has. */
const variantOf = (question: string, bits: string) => `${question} ${bits}`;

/** The parts of a query that decide the answer, as the client wrote them. */
const DECIDING = /[?&](?:software|platform|arch|current_version|channel|format|plans)=[^&#]*/g;
/** What says who the client is; rollouts read it beside the question. */
const DEVICE = /([?&])device_id=[^&#]*/g;

/** The query without the rest, which says who the client is or keeps caches from answering. */
function questionOf(url: string): string {
  const query = url.slice(url.indexOf("?"));
  // An encoded parameter name could be any name, so such a query is kept whole.
  return query.includes("%") ? wholeOf(query) : (query.match(DECIDING)?.join("") ?? "");
}

const wholeOf = (query: string): string => {
  const rest = query.replaceAll(DEVICE, "$1");
  return rest.includes("%") ? rest : (rest.match(DECIDING)?.join("") ?? "");
};
