import { rmSync } from "node:fs";
import { createInterface } from "node:readline";
import type { Watched } from "./guard.ts";
import { readPid, signal, waitUntilGone } from "./processes.ts";

/** A server that was being started when its parent died may write its id a moment later. */
const LATE_START_MS = 500;
const TERMINATE_MS = 5000;

let watched: Watched[] = [];
for await (const line of createInterface({ input: process.stdin })) {
  watched = JSON.parse(line) as Watched[];
}
await end();
if (watched.length > 0) {
  await new Promise((resolve) => setTimeout(resolve, LATE_START_MS));
  await end();
}

async function end(): Promise<void> {
  await Promise.all(
    watched.map(async ({ pidFile, signal: name }) => {
      const pid = readPid(pidFile);
      if (pid === null) return;
      signal(pid, name);
      if (!(await waitUntilGone(pid, TERMINATE_MS))) signal(pid, "SIGKILL");
      await waitUntilGone(pid, TERMINATE_MS);
      rmSync(pidFile, { force: true });
    }),
  );
}
