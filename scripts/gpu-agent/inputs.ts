import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { CliError } from "../cli/errors.ts";
import { drain, send } from "../cli/http.ts";
import { backoff, wait } from "../cli/retry.ts";
import type { AttemptFolder } from "./attempt-folder.ts";
import type { Input } from "./protocol.ts";

/** Tries of one file; a task whose input cannot be had fails. */
const TRIES = 5;

/**
 * Fetches a task's input files into its folder and checks their SHA-256.
 * @throws Error saying which file cannot be had; an AbortError when `signal` fires
 */
export async function fetchInputs(folder: AttemptFolder, signal: AbortSignal): Promise<void> {
  for (const input of folder.assignment.inputs) await fetchInput(input, folder.input, signal);
}

async function fetchInput(input: Input, target: string, signal: AbortSignal): Promise<void> {
  for (let tries = 1; ; tries++) {
    const fault = await attempt(input, join(target, input.file_name), signal);
    if (fault === undefined) return;
    if (tries === TRIES) throw new Error(`input ${input.file_name}: ${fault}`);
    await wait(backoff(tries), signal);
  }
}

async function attempt(input: Input, path: string, signal: AbortSignal): Promise<string | undefined> {
  const hash = createHash("sha256");
  try {
    const answer = await send(input.url, { method: "GET", signal });
    if (answer.status !== 200) {
      drain(answer);
      return `the bucket answered ${answer.status}`;
    }
    answer.body.on("data", (chunk: Buffer) => hash.update(chunk));
    await pipeline(answer.body, createWriteStream(path, { mode: 0o600 }), { signal });
  } catch (error) {
    if (signal.aborted) throw error;
    return error instanceof CliError ? error.message : "the connection broke off";
  }
  return hash.digest("hex") === input.sha256 ? undefined : "its SHA-256 is another";
}
