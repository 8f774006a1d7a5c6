import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { ClientError } from "../client/errors.ts";
import { drain, send } from "../client/http.ts";
import { backoff, wait } from "../client/retry.ts";
import type { AttemptFolder } from "./attempt-folder.ts";
import type { Input } from "./protocol.ts";

/** How long a bucket may be away: as long as it takes to move a server. */
const PATIENCE_MS = 15 * 60_000;
/** How often a file is tried that the bucket refuses, or whose bytes are wrong. */
const TRIES = 3;
const DISK = new Set(["ENOSPC", "EDQUOT", "EROFS", "EIO", "ENAMETOOLONG", "EMFILE"]);

/** What went wrong with one try. `kind` says whether it may pass, may be chance, or stays. */
type Fault = { kind: "away" | "refused" | "local"; why: string };

/**
 * Fetches a task's input files into its folder and checks their SHA-256.
 * @throws Error saying which file cannot be had; an AbortError when `signal` fires
 */
export async function fetchInputs(folder: AttemptFolder, signal: AbortSignal): Promise<void> {
  const names = new Set<string>();
  for (const input of folder.assignment.inputs) {
    if (names.has(input.file_name)) throw new Error(`two inputs are named ${input.file_name}`);
    names.add(input.file_name);
    await fetchInput(input, folder.input, signal);
  }
}

async function fetchInput(input: Input, target: string, signal: AbortSignal): Promise<void> {
  const until = Date.now() + PATIENCE_MS;
  let refusals = 0;
  for (let failures = 1; ; failures++) {
    const fault = await attempt(input, join(target, input.file_name), signal);
    if (!fault) return;
    const isLast =
      fault.kind === "local" || Date.now() > until || (fault.kind === "refused" && ++refusals === TRIES);
    if (isLast) throw new Error(`input ${input.file_name}: ${fault.why}`);
    await wait(backoff(failures), signal);
  }
}

async function attempt(input: Input, path: string, signal: AbortSignal): Promise<Fault | undefined> {
  const hash = createHash("sha256");
  try {
    const answer = await send(input.url, { method: "GET", signal });
    if (answer.status !== 200) {
      drain(answer);
      const kind = answer.status >= 500 || answer.status === 429 ? "away" : "refused";
      return { kind, why: `the bucket answered ${answer.status}` };
    }
    answer.body.on("data", (chunk: Buffer) => hash.update(chunk));
    await pipeline(answer.body, createWriteStream(path, { mode: 0o600 }), { signal });
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof ClientError) return { kind: "away", why: error.message };
    const code = (error as NodeJS.ErrnoException).code ?? "";
    if (DISK.has(code)) return { kind: "local", why: `the agent cannot write it (${code})` };
    return { kind: "away", why: "the connection broke off" };
  }
  if (hash.digest("hex") === input.sha256) return undefined;
  return { kind: "refused", why: "its SHA-256 does not match" };
}
