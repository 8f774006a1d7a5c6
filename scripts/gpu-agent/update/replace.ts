import { setTimeout as sleep } from "node:timers/promises";
import type { Log } from "../log.ts";
import { wait } from "../../client/retry.ts";
import type { Child } from "./child.ts";
import { BadPackage, fetchUpdate } from "./fetch-update.ts";
import { findUpdate } from "./find-update.ts";
import type { Signal } from "./send-signal.ts";
import type { UpdateState } from "./state.ts";
import type { UpdateSettings } from "./update-config.ts";

/** Checks of many agents that were started together do not stay together. */
const SPREAD = 0.1;

/** What replacing an agent needs. */
export type Updating = {
  server: string;
  settings: UpdateSettings;
  state: UpdateState;
  log: Log;
  report: (event: Signal["event"], version: string, from: string, message?: string) => void;
};

/**
 * Looks for another version from time to time. Where there is one, fetches it, waits until the agent runs no task, puts the
 * version on trial and ends the agent.
 * @param over fires when the agent has ended
 * @returns whether another version is to follow
 */
export async function replaceWhenNewer(
  updating: Updating,
  child: Child,
  version: string,
  over: AbortSignal,
): Promise<boolean> {
  const { settings, log } = updating;
  // Until the server has taken the agent, there is nothing to be asked.
  await Promise.race([child.ready, child.exited]);
  while (!over.aborted) {
    try {
      if (await replace(updating, child, version, over)) return true;
      const minutes = settings.check_minutes * (1 + SPREAD * Math.random());
      await wait(minutes * 60_000, over);
    } catch (error) {
      if (over.aborted) return false;
      log("warn", "update not fetched", { why: error instanceof Error ? error.message : String(error) });
      await wait(settings.check_minutes * 60_000, over).catch(() => undefined);
    }
  }
  return false;
}

async function replace(
  { server, settings, state, log, report }: Updating,
  child: Child,
  version: string,
  over: AbortSignal,
): Promise<boolean> {
  const question = { server, settings, deviceId: state.deviceId, version };
  const found = await findUpdate(question, over);
  if (!found || found.version === version || state.hasFailed(found.version)) return false;
  let sha256: string;
  try {
    sha256 = await fetchUpdate(found.url, state.programOf(found.version), over);
  } catch (error) {
    if (!(error instanceof BadPackage)) throw error;
    state.fail(found.version);
    log("error", "update refused", { version: found.version, why: error.message });
    report("failed", found.version, version, error.message);
    return false;
  }
  log("info", "update fetched", { version: found.version });
  if (!(await isDrained(child, settings.drain_minutes, over))) {
    if (!over.aborted) log("info", "update put off: tasks still run", { version: found.version });
    child.work();
    return false;
  }
  if (over.aborted) return false;
  state.begin(found.version, sha256, version);
  report("installed", found.version, version);
  log("info", "agent is replaced", { from: version, to: found.version });
  child.stop();
  return true;
}

/** Makes the agent take no more tasks, and waits a while until it runs none. */
async function isDrained(child: Child, minutes: number, over: AbortSignal): Promise<boolean> {
  const patience = new AbortController();
  const late = sleep(minutes * 60_000, false, { signal: patience.signal }).catch(() => false);
  const gone = new Promise<boolean>((resolve) => over.addEventListener("abort", () => resolve(false)));
  try {
    return await Promise.race([child.drain().then(() => true), late, gone]);
  } finally {
    patience.abort();
  }
}
