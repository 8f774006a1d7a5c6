import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import manifest from "../../package.json" with { type: "json" };
import { closeConnections } from "../client/http.ts";
import { tryLock } from "../process/lock.ts";
import { onStopSignal } from "../process/signals.ts";
import { AgentError, readAgentConfig, usage, type AgentConfig } from "./config.ts";
import { createHeartbeat } from "./heartbeat.ts";
import { listen } from "./listen.ts";
import { logLine as log } from "./log.ts";
import { announce, pull } from "./pull.ts";
import { createReadings } from "./readings.ts";
import { runnableTypes } from "./runnable.ts";
import { createServer } from "./server.ts";
import { createStatus } from "./status.ts";
import { createSupervisor } from "./supervisor.ts";
import { findLauncher } from "./update/handover.ts";
import { launch } from "./update/launcher.ts";
import type { UpdateSettings } from "./update/update-config.ts";

const { version } = manifest;
/** How long an agent whose launcher was killed may take to end its commands. */
const TAKEOVER_MS = 30_000;
const program = process.argv[1] ?? "";
const command = program.endsWith(".ts") ? "npm run agent --" : "slipway-agent";
const launcher = findLauncher();

try {
  const config = readAgentConfig(process.argv.slice(2), process.env);
  if (config === "help") process.stdout.write(`${usage(command)}\n`);
  else if (config.auto_update && !launcher) process.exitCode = await supervise(config, config.auto_update);
  else await run(config);
} catch (error) {
  if (!(error instanceof AgentError)) throw error;
  process.stderr.write(`${error.message}\n(see ${command} --help)\n`);
  process.exitCode = 1;
}

/** Runs the agent under a launcher, which keeps it up to date. @returns the exit code */
async function supervise(config: AgentConfig, settings: UpdateSettings): Promise<number> {
  const folder = join(config.work_dir, "update");
  const release = lockFolder(folder);
  try {
    return await launch({ server: config.server, folder, settings, own: { version, program }, log });
  } finally {
    closeConnections();
    release();
  }
}

async function run(config: AgentConfig): Promise<void> {
  const release = await lockForLauncher(config.work_dir);
  try {
    await work(config, runnableTypes(config, log));
  } finally {
    closeConnections();
    release();
  }
}

/** Runs tasks of these types until it is told to stop. */
async function work(config: AgentConfig, types: string[]): Promise<void> {
  const { server: url, max_concurrent_tasks: slots } = config;
  log("info", "agent started", { version, server: url, slots, types: types.join(",") });
  const stopped = Promise.race([onStopSignal(), ...(launcher ? [launcher.gone] : [])]);
  const server = createServer(url, config.token, log);
  const supervisor = createSupervisor(config, server, log);
  const status = createStatus(config, version, types, supervisor, createReadings());
  const heartbeat = createHeartbeat(server, supervisor, status, log, launcher?.ready);
  launcher?.serve(supervisor);
  const stop = new AbortController();
  // Done before any task is taken up, because a port that is in use ends the agent.
  const close =
    config.listen && (await listen({ ...config.listen, token: config.token }, supervisor, status, log));
  supervisor.resume();
  const asking = close ? announce(heartbeat, stop.signal) : pull(heartbeat, supervisor, stop.signal);
  try {
    await Promise.race([stopped, asking.then(() => stopped)]);
  } finally {
    log("info", "stopping", { tasks: supervisor.tasks().length });
    const ended = supervisor.stop();
    stop.abort();
    await Promise.allSettled([asking, close?.(), ended]);
    log("info", "agent stopped");
  }
}

/** After a launcher was killed, its agent may still be ending; the next one waits for it. */
async function lockForLauncher(folder: string): Promise<() => void> {
  const until = Date.now() + (launcher ? TAKEOVER_MS : 0);
  for (;;) {
    try {
      return lockFolder(folder);
    } catch (error) {
      if (Date.now() > until) throw error;
      await sleep(100);
    }
  }
}

function lockFolder(folder: string): () => void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const lock = tryLock(join(folder, "lock"));
    if (!("heldBy" in lock)) return lock.release;
    throw new AgentError(
      `work_dir: ${folder} is in use by process ${lock.heldBy}; stop that one, or name another folder`,
    );
  } catch (error) {
    if (error instanceof AgentError) throw error;
    const why = String((error as NodeJS.ErrnoException).code);
    throw new AgentError(
      `work_dir: ${folder} cannot be written (${why}); name a folder that this user may write to`,
    );
  }
}
