import { writeSync } from "node:fs";
import { createInterface } from "node:readline";
import type { BucketOptions } from "./options.ts";

/** The descriptor on which the parent waits for "ready", if it gave one. */
const READY_FD = 3;

// Node reads this when the first file is used. With four threads, four syncs of large parts would make every reader wait.
process.env.UV_THREADPOOL_SIZE ??= "16";
// Ctrl-C reaches the whole process group; the supervisor stops this process when its time has come.
process.on("SIGINT", () => undefined);
// Node warns that its SQLite is experimental. The warning would go into the operator's log.
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
