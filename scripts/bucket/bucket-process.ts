import { writeSync } from "node:fs";
import { createInterface } from "node:readline";
import type { BucketOptions } from "./options.ts";

/** Where the parent listens for "ready", if it gave the descriptor. */
const READY_FD = 3;

// Read when the first file is: with four threads, four syncs of large parts would make every reader wait.
process.env.UV_THREADPOOL_SIZE ??= "16";
// Ctrl-C reaches the whole group; the supervisor stops this process when its time has come.
process.on("SIGINT", () => undefined);
// Node says of its SQLite that it is experimental, into the log of whoever runs the stack.
process.removeAllListeners("warning");

try {
  const input = createInterface({ input: process.stdin });
  const parentGone = new Promise<void>((resolve) => input.once("close", resolve));
  const terminated = new Promise<void>((resolve) => process.once("SIGTERM", () => resolve()));
  const line = await new Promise<string>((resolve) => {
    input.once("line", resolve);
    input.once("close", () => resolve(""));
  });
  const { startBucket } = await import("./bucket.ts");
  const bucket = await startBucket(JSON.parse(line) as BucketOptions);
  sayReady();
  await Promise.race([parentGone, terminated]);
  await bucket.stop();
  process.exit(0);
} catch (error) {
  process.stderr.write(`bucket: ${String(error).replace(/\s+/g, " ")}\n`);
  process.exit(1);
}

function sayReady(): void {
  try {
    writeSync(READY_FD, "ready\n");
  } catch {
    // Nobody listens.
  }
}
