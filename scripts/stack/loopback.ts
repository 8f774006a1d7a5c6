import { once } from "node:events";
import { Worker } from "node:worker_threads";

/**
 * Lets this process reach a server that listens on one outer address alone: Miniflare knows it by its loopback address.
 * In a thread of its own, because Miniflare blocks this one while it waits for an answer.
 * Null where the server listens on the loopback address itself.
 */
export async function forwardLoopback(host: string, port: number): Promise<Worker | null> {
  if (["127.0.0.1", "localhost", "0.0.0.0", "::"].includes(host)) return null;
  const thread = new Worker(new URL("loopback-thread.ts", import.meta.url), { workerData: { host, port } });
  await once(thread, "message");
  thread.unref();
  return thread;
}
