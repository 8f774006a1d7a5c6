const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;

/** The pauses after each failed attempt, as Standard Webhooks has them: the last attempt is a day and seven hours after the first. */
const PAUSES_MS = [
  5 * SECOND_MS,
  5 * MINUTE_MS,
  30 * MINUTE_MS,
  2 * HOUR_MS,
  5 * HOUR_MS,
  10 * HOUR_MS,
  14 * HOUR_MS,
];

/** An endpoint that took nothing for this long, when a delivery to it is given up, is disabled. */
export const SILENT_MS = 24 * HOUR_MS;

/** When to try again, or null to give up. @param failures attempts that failed so far @param now milliseconds since 1970 */
export function nextAttempt(failures: number, now: number): number | null {
  const pause = PAUSES_MS[failures - 1];
  return pause === undefined ? null : now + pause;
}
