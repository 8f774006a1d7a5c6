import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { freePort } from "../process/processes.ts";
import { bucketOf, UNLIMITED } from "./bench-stack.ts";
import type { Bench } from "./bench-stack.ts";
import { startServer } from "./child-server.ts";
import type { ChildServer } from "./child-server.ts";

const START = fileURLToPath(new URL("../start.mjs", import.meta.url));
const START_MS = 120_000;

/** The stack as `npm start >file` runs it: its supervisor is a process of its own, cron runs and the log is written. */
export type RealStack = ChildServer & {
  url: string;
  /** The Worker's variables, with the bucket's address that other processes can reach. */
  settings: Record<string, string>;
};

export async function startRealStack(
  bench: Bench,
  name: string,
  settings: Record<string, string> = {},
): Promise<RealStack> {
  const port = await freePort();
  const dataDir = join(bench.folder, name);
  const logFile = `${dataDir}.log`;
  const server = await startServer({
    command: [process.execPath, START],
    env: {
      PORT: String(port),
      DATA_DIR: dataDir,
      QUERIES_PER_MINUTE: UNLIMITED,
      UPLOADS_PER_HOUR: UNLIMITED,
      ...settings,
    },
    logFile,
    isReady: () => readFileSync(logFile, "utf8").includes("Slipway is ready"),
    startMs: START_MS,
  });
  const url = `http://127.0.0.1:${port}`;
  return { ...server, url, settings: bucketOf(url, variablesOf(join(dataDir, "run", "workerd.capnp"))) };
}

/** The Worker's variables, read from the configuration that the stack wrote for workerd. */
function variablesOf(configFile: string): Record<string, string> {
  const bindings = readFileSync(configFile, "utf8").matchAll(
    /\(name = "(\w+)", text = "((?:[^"\\]|\\.)*)"\)/g,
  );
  return Object.fromEntries(
    [...bindings].map(([, name = "", value = ""]) => [
      name,
      value.replaceAll(/\\(?:x([0-9a-f]{2})|(.))/g, (_all, code?: string, character = "") =>
        code === undefined ? String(character) : String.fromCharCode(Number.parseInt(code, 16)),
      ),
    ]),
  );
}
