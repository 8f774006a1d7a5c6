import { setTimeout as sleep } from "node:timers/promises";
import { drain, send } from "../../client/http.ts";
import { onStopSignal } from "../../process/signals.ts";
import type { Log } from "../log.ts";
import { startChild, type Child } from "./child.ts";
import { sendSignal, type Signal } from "./send-signal.ts";
import { replaceWhenNewer, type Updating } from "./replace.ts";
import { openUpdateState, type Chosen, type Trial } from "./state.ts";
import type { UpdateSettings } from "./update-config.ts";

/** How often a version on trial may be started until it has proved itself. */
const MOST_STARTS = 3;
/** Between two starts of a version that has ended by itself. */
const PAUSE_MS = 1_000;

type Launch = {
  server: string;
  /** Where versions and what is known of them are kept. */
  folder: string;
  settings: UpdateSettings;
  /** The program that the operator installed. */
  own: { version: string; program: string };
  log: Log;
};

/**
 * Runs the agent in a process of its own, and replaces it by newer versions that prove themselves, until told to stop.
 * @returns the exit code: that of an agent that ended by itself, without being on trial
 */
export async function launch({ server, folder, settings, own, log }: Launch): Promise<number> {
  const stop = new AbortController();
  void onStopSignal().then(() => stop.abort());
  const state = openUpdateState(folder, own);
  const updating: Updating = { server, settings, state, log, report };

  function report(event: Signal["event"], version: string, from: string, message?: string): void {
    const said = { version, event, from_version: from, ...(message !== undefined && { message }) };
    void sendSignal(server, { software: settings.software, device_id: state.deviceId, ...said });
  }

  function giveUp(trial: Trial, why: string): void {
    state.fail(trial.version);
    log("error", "version given up", { version: trial.version, why });
    report("failed", trial.version, trial.from, why);
  }

  /** Why a version on trial is not started (again). */
  function faultOf(trial: Trial): string | undefined {
    if (!state.isWhole(trial)) return "its file is not the one that was fetched";
    return trial.starts < MOST_STARTS ? undefined : `it ended by itself ${MOST_STARTS} times`;
  }

  /** Waits until a version on trial has proved itself. @returns false where it has ended, or has to */
  async function proves(child: Child, trial: Trial): Promise<boolean> {
    const ended = child.exited.then(() => "ended" as const);
    const ready = child.ready.then(() => "ready" as const);
    for (;;) {
      const first = await Promise.race([ended, ready, after(settings.ready_seconds * 1000)]);
      if (first === "ended") return false;
      if (first === "ready") break;
      // While the server is away no version can be ready.
      if (!(await isReached(server))) continue;
      giveUp(trial, `it was not ready within ${settings.ready_seconds} seconds`);
      return false;
    }
    if (!trial.reported) {
      log("info", "version started", { version: trial.version });
      report("started", trial.version, trial.from);
      state.note({ reported: true });
    }
    if ((await Promise.race([ended, after(settings.proof_minutes * 60_000)])) === "ended") return false;
    state.prove();
    log("info", "version proved", { version: trial.version });
    return true;
  }

  /** Runs one program to its end. @returns its exit code, or undefined where another one follows */
  async function run({ version, program, trial }: Chosen): Promise<number | undefined> {
    if (trial) state.note({ starts: trial.starts + 1 });
    const child = startChild(program);
    const end = () => child.stop();
    stop.signal.addEventListener("abort", end, { once: true });
    if (stop.signal.aborted) end();
    const over = new AbortController();
    void child.exited.then(() => over.abort());
    try {
      if (trial && !(await proves(child, trial))) {
        child.stop();
        const code = await child.exited;
        if (!stop.signal.aborted) return undefined;
        // Not the version ended it.
        state.note({ starts: trial.starts });
        return code;
      }
      const isReplaced = await replaceWhenNewer(updating, child, version, over.signal);
      const code = await child.exited;
      return isReplaced && !stop.signal.aborted ? undefined : code;
    } finally {
      stop.signal.removeEventListener("abort", end);
    }
  }

  for (;;) {
    const chosen = state.choose();
    const fault = chosen.trial && faultOf(chosen.trial);
    if (chosen.trial && fault !== undefined) {
      giveUp(chosen.trial, fault);
      continue;
    }
    if (chosen.trial && chosen.trial.starts > 0) await sleep(PAUSE_MS);
    const code = await run(chosen);
    if (code !== undefined) return code;
  }
}

const after = (milliseconds: number) => sleep(milliseconds, "late" as const, { ref: false });

async function isReached(server: string): Promise<boolean> {
  try {
    const answer = await send(`${server}/health`, { method: "GET", idleMs: 5_000 });
    drain(answer);
    return answer.status < 500;
  } catch {
    return false;
  }
}
