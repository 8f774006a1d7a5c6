import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { freePort } from "../process/processes.ts";
import type { Bench } from "./bench-stack.ts";
import { answers, startServer } from "./child-server.ts";
import type { ChildServer } from "./child-server.ts";

const PROGRAM = fileURLToPath(new URL("plain-server-process.ts", import.meta.url));
const START_MS = 30_000;

/** A plain Node server over the files of `folder`. */
export async function startPlainServer(bench: Bench): Promise<ChildServer & { url: string; folder: string }> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const folder = join(bench.folder, "plain");
  mkdirSync(folder, { recursive: true });
  const server = await startServer({
    command: [process.execPath, PROGRAM, String(port), folder],
    logFile: join(bench.folder, "plain.log"),
    isReady: () => answers(url),
    startMs: START_MS,
  });
  return { ...server, url, folder };
}
