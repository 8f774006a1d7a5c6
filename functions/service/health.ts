import type { Ctx } from "../core/context.ts";
import { perIsolate } from "../core/isolate.ts";
import type { MessageKey } from "../core/locale/locale.ts";
import { checkStates, lookAtEverything, type CheckName, type Checks } from "./health-checks.ts";

/** An error means that the service cannot serve; a warning means that it soon may not. */
export type HealthProblem = {
  check: CheckName;
  state: string;
  severity: "error" | "warning";
  message: MessageKey;
};
export type Health = {
  status: "healthy" | "degraded" | "unhealthy";
  checks: Checks;
  problems: HealthProblem[];
};

/** An isolate checks at most this often, however often anybody asks. */
const FRESH_MS = 5_000;
/** A check that has not ended by then died with its request. */
const LOOK_LOST_MS = 10_000;
const WAIT_STEP_MS = 50;

const lacksNothing = new Set(["ok", "unknown"]);
const needed = new Set<CheckName>(["database", "bucket"]);

const memoryOf = perIsolate(() => ({
  found: undefined as Health | undefined,
  at: -Infinity,
  lookingSince: -Infinity,
  logged: "",
}));

/** Health as it was found within the last five seconds. Every change is written to the log. */
export async function checkHealth(ctx: Ctx): Promise<Health> {
  const memory = memoryOf(ctx.deps);
  const { clock, log } = ctx.deps;
  // Waits in steps, because in workerd no request may wait for another request's promise.
  while (clock() - memory.lookingSince < LOOK_LOST_MS) await later(WAIT_STEP_MS);
  if (memory.found && clock() - memory.at < FRESH_MS) return memory.found;
  memory.lookingSince = clock();
  try {
    const found = judge(await lookAtEverything(ctx));
    Object.assign(memory, { found, at: clock() });
    const states = found.problems.map(({ check, state }) => `${check} ${state}`).join(", ");
    if (states !== memory.logged) log.warn("health changed", { problems: states || "none" });
    memory.logged = states;
    return found;
  } finally {
    memory.lookingSince = -Infinity;
  }
}

function judge(checks: Checks): Health {
  const names = Object.keys(checkStates) as CheckName[];
  const problems = names.flatMap((check): HealthProblem[] => {
    const state = checks[check];
    if (state === undefined || lacksNothing.has(state)) return [];
    const severity = needed.has(check) ? "error" : "warning";
    return [{ check, state, severity, message: `health.${check}.${state}` as MessageKey }];
  });
  const isBroken = problems.some(({ severity }) => severity === "error");
  return { status: isBroken ? "unhealthy" : problems.length > 0 ? "degraded" : "healthy", checks, problems };
}

const later = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));
