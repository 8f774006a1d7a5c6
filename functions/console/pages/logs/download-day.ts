import { failureOf, noAnswer } from "../../api/failure.ts";
import { language } from "../../locale/i18n.ts";

/** The logs that can be downloaded by days. */
export const logNames = ["system", "user-actions", "tasks"] as const;

/**
 * Downloads a day of a log: asks whether there is one, so that a refusal can be told, then leads the browser to it.
 * @param date YYYY-MM-DD, UTC
 * @throws Failure.
 */
export async function downloadDay(log: (typeof logNames)[number], date: string): Promise<void> {
  const url = `/api/logs/download?${new URLSearchParams({ log_type: log, date }).toString()}`;
  const headers = { "Accept-Language": language.value };
  // The file lies in the bucket; a script only needs to know that the answer leads there.
  const answer = await fetch(url, { redirect: "manual", headers }).catch(() => Promise.reject(noAnswer()));
  if (answer.type !== "opaqueredirect") throw await failureOf(answer);
  location.assign(url);
}
