import type { PartOfBlob } from "./part-body.ts";

export type Answer = { status: number; headers: Record<string, string | undefined>; body: Response };

/** Where this is false (Node, Workers), parts are sent by fetch, which does not tell how much of one has left. */
export const canTellProgress = "XMLHttpRequest" in globalThis;

type Part = { method: string; headers: Record<string, string>; body: PartOfBlob; signal: AbortSignal };

/**
 * Sends a part, and counts its bytes as they leave. Rejects where no answer came, and with the reason of the signal, which ends
 * the sending at once.
 */
export function sendPart(url: URL | string, { method, headers, body, signal }: Part): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  const request = new XMLHttpRequest();
  let counted = 0;
  const countTo = (bytes: number) => {
    body.count(bytes - counted);
    counted = bytes;
  };
  const stop = () => request.abort();
  request.open(method, url);
  for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
  request.upload.addEventListener("progress", ({ loaded }) => countTo(loaded));
  request.addEventListener("load", () => {
    countTo(body.blob.size);
    resolve(answerOf(request));
  });
  request.addEventListener("error", () => reject(new TypeError("The connection broke.")));
  request.addEventListener("abort", () => reject(signal.reason as Error));
  request.addEventListener("loadend", () => signal.removeEventListener("abort", stop));
  signal.throwIfAborted();
  signal.addEventListener("abort", stop);
  request.send(body.blob);
  return promise;
}

function answerOf(request: XMLHttpRequest): Answer {
  const lines = request.getAllResponseHeaders().trim().split(/\r?\n/);
  const headers = lines.map((line) => {
    const colon = line.indexOf(":");
    return [line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()];
  });
  return {
    status: request.status,
    headers: Object.fromEntries(headers) as Answer["headers"],
    body: new Response(request.responseText),
  };
}
