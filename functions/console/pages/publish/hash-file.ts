import type { HashAnswer, HashQuestion } from "./hash.worker.ts";
import { FileFault } from "./refusal.ts";
import { t } from "./texts.ts";

/** What a build tool has written down of a file's bytes. */
export type Digest = { algorithm: "sha1" | "sha256" | "sha512"; hex: string; by: string };

/**
 * SHA-256 of a file in hex, taken in a Web Worker.
 * @param digest what the file's build tool says of it
 * @throws FileFault where the file is not the one that the digest describes, or cannot be read any more
 */
export async function hashFile(content: Blob, signal: AbortSignal, digest?: Digest): Promise<string> {
  signal.throwIfAborted();
  const worker = new Worker(new URL("./hash.worker.ts", import.meta.url), { type: "module" });
  try {
    const answer = await ask(worker, { content, ...(digest && { other: digest.algorithm }) }, signal);
    if ("problem" in answer) throw new FileFault(t("unreadable"));
    if (digest && answer.other !== digest.hex) throw new FileFault(t("notAsBuilt", { by: digest.by }));
    return answer.sha256;
  } finally {
    worker.terminate();
  }
}

function ask(worker: Worker, question: HashQuestion, signal: AbortSignal): Promise<HashAnswer> {
  return new Promise((resolve, reject) => {
    worker.addEventListener("message", ({ data }: MessageEvent<HashAnswer>) => resolve(data));
    worker.addEventListener("error", ({ message }) => reject(new Error(message)));
    signal.addEventListener("abort", () => reject(signal.reason as Error), { once: true });
    worker.postMessage(question, { transfer: [] });
  });
}
