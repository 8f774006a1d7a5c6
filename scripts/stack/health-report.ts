import { ask } from "./ask.ts";

type Problem = { check: string; severity: string; message: string };

/** An outside store that does not answer takes the server this long to say so, and some. */
const PATIENCE_MS = 10_000;
/** A stack that was stopped for a while has not run cron yet; it does so in a moment. */
const NOT_AT_START = new Set(["cron"]);

/**
 * What a stack that has just started finds wrong with what it needs, a line each with what to do: an outside bucket that
 * is missing, keys that are refused, a database that syncs nothing, a quota near its end. Never rejects.
 * @param url where the stack listens
 */
export async function healthReport(url: string): Promise<string[]> {
  try {
    const { body } = await ask(new URL("/health?deep=1", url), { signal: AbortSignal.timeout(PATIENCE_MS) });
    const { problems = [] } = JSON.parse(body) as { problems?: Problem[] };
    return problems
      .filter(({ check }) => !NOT_AT_START.has(check))
      .map(({ severity, message }) => `${severity === "error" ? "Error" : "Warning"}: ${message}.`);
  } catch {
    return ["Warning: the server did not answer whether it is healthy; see its log."];
  }
}
