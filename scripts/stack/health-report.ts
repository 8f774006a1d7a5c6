import { ask } from "./ask.ts";

type Problem = { check: string; severity: string; message: string };

/** Somewhat longer than the server needs to find out that an outside store does not answer. */
const PATIENCE_MS = 10_000;
/** A stack that has been stopped for a while has not run cron yet, but will in a moment. */
const NOT_AT_START = new Set(["cron"]);

/**
 * Tells what a stack that has just started finds wrong with what it needs, one line each with what to do: an outside bucket
 * that is missing, keys that are refused, a database that does not sync, a quota near its end. Never rejects.
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
