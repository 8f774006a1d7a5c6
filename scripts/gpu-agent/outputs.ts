import { readdir } from "node:fs/promises";
import { createClient, type Client } from "../client/client.ts";
import { ClientError, EXIT } from "../client/errors.ts";
import { wait } from "../client/retry.ts";
import type { AttemptFolder } from "./attempt-folder.ts";
import type { AgentConfig } from "./config.ts";
import type { Log } from "./log.ts";
import { sendOutput } from "./output-upload.ts";
import { isStale, type TaskEvent } from "./protocol.ts";
import type { Server } from "./server.ts";

/**
 * Files are tried for as long as the server counts on the attempt; when it gives the attempt up, the agent stops it in other
 * ways.
 */
const PATIENCE_MS = 24 * 3600_000;
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 30_000;
/** Files of one attempt. */
const MOST_FILES = 100;

/** The server said that the attempt no longer belongs to the task. */
export class StaleAttempt extends Error {
  override readonly name = "StaleAttempt";
}

type Sending = {
  folder: AttemptFolder;
  config: AgentConfig;
  server: Server;
  log: Log;
  report: (event: TaskEvent) => void;
  signal: AbortSignal;
};

/**
 * Sends what a command left in its output folder to the bucket, file by file, as this attempt's. Folders and links are left
 * out, and the task's log says so. While the server is away or refuses the token, it waits.
 * @returns how many files were sent, or what stands in the way
 * @throws StaleAttempt; an AbortError when `signal` fires
 */
export async function sendOutputs(sending: Sending): Promise<number | string> {
  const { folder, config, report, signal } = sending;
  const names: string[] = [];
  for (const entry of await readdir(folder.output, { withFileTypes: true })) {
    if (entry.isFile()) names.push(entry.name);
    else {
      const message = `output ${entry.name} is left out: only plain files are kept`;
      report({ type: "log", level: "WARNING", message });
    }
  }
  if (names.length > MOST_FILES) return `the command left more than ${MOST_FILES} output files`;
  const client = createClient({ url: config.server, apiKey: undefined, signal, patienceMs: PATIENCE_MS });
  for (const name of names) {
    const fault = await persist(sending, client, name);
    if (fault !== undefined) return `output ${name}: ${fault}`;
  }
  return names.length;
}

/** Tries until a file is sent. @returns why it will never be taken, where that is so */
async function persist(sending: Sending, client: Client, name: string): Promise<string | undefined> {
  const { folder, config, server, log, signal } = sending;
  const { task_id, attempt } = folder.assignment;
  let told = "";
  for (let patience = FIRST_WAIT_MS; ; patience = Math.min(patience * 2, LONGEST_WAIT_MS)) {
    try {
      await sendOutput(client, folder, config.token, name, signal);
      return undefined;
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof ClientError)) return `it cannot be read: ${codeOf(error)}`;
      if (isStale(error.code)) throw new StaleAttempt();
      // Sent with a token that was replaced since: the command does not run again once it has sent something.
      if (error.code === "TASK_OUTPUT_EXISTS") return undefined;
      if (error.code === "INVALID_AGENT_TOKEN") server.tokenRefused();
      else if (!passes(error)) return error.message;
      else if (error.code !== told)
        log("warn", "output not accepted", { task: task_id, attempt, why: error.code });
      told = error.code;
      await wait(patience * (0.5 + Math.random()), signal);
    }
  }
}

/** Codes of failures that may pass. An upload that has ended meanwhile is begun anew. */
const PASSING = new Set(["RATE_LIMIT_EXCEEDED", "UPLOAD_ENDED", "UPLOAD_NOT_FOUND", "UPLOAD_STATE_CONFLICT"]);

/** Whether the failure may pass. */
const passes = ({ exitCode, code }: ClientError) => exitCode === EXIT.unavailable || PASSING.has(code);

const codeOf = (error: unknown) => (error as NodeJS.ErrnoException).code ?? String(error);
