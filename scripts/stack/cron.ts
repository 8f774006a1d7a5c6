import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { StackError } from "./errors.ts";

const DAY_MS = 86_400_000;
/** Long enough for the first requests to go first, short enough that a stack which is started rarely still cleans up. */
const CATCH_UP_MS = 5000;
/** Runs of one expression beside each other: a long one, as after a crash, must not keep the minute from what else it does. */
const MOST_AT_ONCE = 3;

export type Cron = {
  /** Runs an expression now, after a run of it that is under way. Rejects when the Worker's handler fails. */
  run: (expression: string) => Promise<void>;
  /** Fires no more; resolves when the runs under way have ended. */
  stop: () => Promise<void>;
};

type Options = {
  expressions: string[];
  pollSeconds: number;
  /** Where the times of the last runs are kept. */
  stateFile: string;
  fire: (expression: string) => Promise<void>;
  onError: (expression: string, error: unknown) => void;
  /** Without the clock an expression only runs when it is asked for. */
  clock: boolean;
};

/**
 * The local clock for wrangler.toml's cron expressions: each minute = each POLL_INTERVAL_SECONDS, each ten minutes = ten
 * times that, a time of day (UTC) = once a day. As on Cloudflare, a run that takes longer than that is overlapped by the next.
 */
export function startCron(options: Options): Cron {
  const underWay = new Map<string, Set<Promise<void>>>();
  const timers = new Set<NodeJS.Timeout>();
  const lastRuns = readState(options.stateFile);
  let stopped = false;

  const runsOf = (expression: string) => underWay.get(expression) ?? new Set();

  async function run(expression: string): Promise<void> {
    const runs = runsOf(expression);
    underWay.set(expression, runs);
    const running = options.fire(expression).finally(() => runs.delete(running));
    runs.add(running);
    await running;
    lastRuns[expression] = Date.now();
    writeState(options.stateFile, lastRuns);
  }

  async function runAlone(expression: string): Promise<void> {
    if (stopped) throw new Error("The stack is stopping");
    await Promise.allSettled(runsOf(expression));
    await run(expression);
  }

  function later(milliseconds: number, expression: string): void {
    const timer = setTimeout(() => {
      timers.delete(timer);
      if (runsOf(expression).size < MOST_AT_ONCE) {
        run(expression).catch((error) => options.onError(expression, error));
      }
      later(untilNext(expression, options.pollSeconds), expression);
    }, milliseconds);
    timers.add(timer);
  }

  for (const expression of options.clock ? options.expressions : []) {
    const period = periodOf(expression, options.pollSeconds);
    const overdue = Date.now() - (lastRuns[expression] ?? 0) >= period;
    const next = untilNext(expression, options.pollSeconds);
    later(overdue ? Math.min(CATCH_UP_MS, next) : next, expression);
  }

  return {
    run: runAlone,
    async stop() {
      stopped = true;
      for (const timer of timers) clearTimeout(timer);
      await Promise.allSettled(Array.from(underWay.values(), (runs) => [...runs]).flat());
    },
  };
}

/** Minute and hour of `17 3 * * *`; null for the two expressions that POLL_INTERVAL_SECONDS scales. */
function timeOfDay(expression: string): { minute: number; hour: number } | null {
  if (expression === "* * * * *" || expression === "*/10 * * * *") return null;
  const daily = /^(\d{1,2}) (\d{1,2}) \* \* \*$/.exec(expression);
  if (!daily)
    throw new StackError(
      `wrangler.toml: npm start cannot run the cron "${expression}"; use a time of every day, such as 17 3 * * *`,
    );
  return { minute: Number(daily[1]), hour: Number(daily[2]) };
}

function periodOf(expression: string, pollSeconds: number): number {
  if (timeOfDay(expression)) return DAY_MS;
  return pollSeconds * 1000 * (expression.startsWith("*/10") ? 10 : 1);
}

function untilNext(expression: string, pollSeconds: number): number {
  const daily = timeOfDay(expression);
  if (!daily) return periodOf(expression, pollSeconds);
  const now = new Date();
  const next = new Date(now);
  next.setUTCHours(daily.hour, daily.minute, 0, 0);
  if (next <= now) next.setUTCDate(next.getUTCDate() + 1);
  return next.getTime() - now.getTime();
}

function readState(file: string): Record<string, number> {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Record<string, number>;
  } catch {
    return {};
  }
}

function writeState(file: string, state: Record<string, number>): void {
  writeFileSync(`${file}.new`, JSON.stringify(state), { mode: 0o600 });
  renameSync(`${file}.new`, file);
}
