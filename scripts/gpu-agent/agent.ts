import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { closeConnections } from "../client/http.ts";
import { tryLock } from "../process/lock.ts";
import { onStopSignal } from "../process/signals.ts";
import { AgentError, readAgentConfig, USAGE, type AgentConfig } from "./config.ts";
import { createHeartbeat } from "./heartbeat.ts";
import { listen } from "./listen.ts";
import { logLine as log } from "./log.ts";
import { announce, pull } from "./pull.ts";
import { createReadings } from "./readings.ts";
import { runnableTypes } from "./runnable.ts";
import { createServer } from "./server.ts";
import { createStatus } from "./status.ts";
import { createSupervisor } from "./supervisor.ts";

const manifest = readFileSync(new URL("../../package.json", import.meta.url), "utf8");
const { version } = JSON.parse(manifest) as { version: string };

try {
  const config = readAgentConfig(process.argv.slice(2), process.env);
  if (config === "help") process.stdout.write(`${USAGE}\n`);
  else await run(config);
} catch (error) {
  if (!(error instanceof AgentError)) throw error;
  process.stderr.write(`${error.message}\n(see npm run agent -- --help)\n`);
  process.exitCode = 1;
}

async function run(config: AgentConfig): Promise<void> {
  const release = lockFolder(config.work_dir);
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
  const stopped = onStopSignal();
  const server = createServer(url, config.token, log);
  const supervisor = createSupervisor(config, server, log);
  const status = createStatus(config, version, types, supervisor, createReadings());
  const heartbeat = createHeartbeat(server, supervisor, status, log);
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

function lockFolder(folder: string): () => void {
  try {
    mkdirSync(join(folder, "tasks"), { recursive: true, mode: 0o700 });
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
