import type { IncomingMessage } from "node:http";

/** How much of a refused body is read, so that a client that sends before it listens gets to see the reason. */
const MAX_BYTES = 16 * 1024 ** 2;
const MAX_MS = 5000;

/** Whether a body was announced of which not all has been read. */
export function hasRest(request: IncomingMessage): boolean {
  const { "content-length": length = "0", "transfer-encoding": encoding } = request.headers;
  return (length !== "0" || encoding !== undefined) && !request.readableEnded;
}

/** Reads what is left of a body and discards it. Resolves at its end, or where it is too much or too slow. */
export function drain(request: IncomingMessage): Promise<void> {
  return new Promise((resolve) => {
    let bytes = 0;
    const done = () => {
      clearTimeout(timer);
      request.off("data", count);
      resolve();
    };
    const count = (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > MAX_BYTES) done();
    };
    const timer = setTimeout(done, MAX_MS);
    if (request.destroyed) return done();
    request.on("data", count).once("end", done).once("close", done).once("error", done);
    request.resume();
  });
}
