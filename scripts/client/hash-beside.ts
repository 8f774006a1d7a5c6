import { Worker } from "node:worker_threads";
import type { LocalFile } from "./local-file.ts";

/**
 * SHA-256 of a file in hex, taken by a thread of its own: what this one sends meanwhile does not wait for it. It runs ahead of
 * what is sent, so that each byte comes from the disk once.
 * @throws system errors on the file; the signal's reason when it fires
 */
export async function hashBeside(file: LocalFile, signal: AbortSignal): Promise<string> {
  signal.throwIfAborted();
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const thread = new Worker(new URL("hash-thread.ts", import.meta.url), { workerData: file });
  thread.on("message", resolve).on("error", reject);
  thread.on("exit", () => reject(new Error("the thread that hashes has ended")));
  const stop = () => reject(signal.reason);
  signal.addEventListener("abort", stop, { once: true });
  try {
    return await promise;
  } finally {
    signal.removeEventListener("abort", stop);
    await thread.terminate();
  }
}
