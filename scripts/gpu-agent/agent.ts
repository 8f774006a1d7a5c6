import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { closeConnections } from "../cli/http.ts";
import { tryLock } from "../stack/lock.ts";
import { onStopSignal } from "../stack/signals.ts";
import { AgentError, readAgentConfig, USAGE, type AgentConfig } from "./config.ts";
import { listen } from "./listen.ts";
import { logLine as log } from "./log.ts";
import { pull } from "./pull.ts";
import { createReadings } from "./readings.ts";
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
  process.stderr.write(`${error.message}\n${USAGE}\n`);
  process.exitCode = 1;
}

async function run(config: AgentConfig): Promise<void> {
  const release = lockFolder(config.work_dir);
  const types = Object.keys(config.commands);
  log("info", "agent started", {
    version,
    server: config.server,
    slots: config.max_concurrent_tasks,
    types: types.join(","),
  });
  const stopped = onStopSignal();
  const server = createServer(config.server, config.token);
  const supervisor = createSupervisor(config, server, log);
  const status = createStatus(config, version, supervisor, createReadings());
  await supervisor.resume();

  const stop = new AbortController();
  const work = config.listen
    ? await listen({ ...config.listen, token: config.token }, supervisor, status, log)
    : pull(server, supervisor, status, log, stop.signal);
  await stopped;
  log("info", "stopping", { tasks: supervisor.tasks().length });
  stop.abort();
  await (typeof work === "function" ? work() : work);
  await supervisor.stop();
  closeConnections();
  release();
  log("info", "agent stopped");
}

function lockFolder(folder: string): () => void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch {
    throw new AgentError(`work_dir: ${folder} cannot be written`);
  }
  const lock = tryLock(join(folder, "lock"));
  if ("heldBy" in lock) throw new AgentError(`work_dir: ${folder} is in use by process ${lock.heldBy}`);
  return lock.release;
}
