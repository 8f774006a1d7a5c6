import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { freePort } from "../process/processes.ts";
import type { Bench } from "./bench-stack.ts";
import { answers, startServer } from "./child-server.ts";
import type { ChildServer } from "./child-server.ts";

const PROGRAM = fileURLToPath(new URL("original.py", import.meta.url));
const START_MS = 60_000;
const INSTALL_MS = 180_000;
const PACKAGES = ["fastapi", "uvicorn", "python-multipart"];

export type Original = ChildServer & { url: string; folder: string; name: string };

/**
 * Starts the update server before this one, as original.py describes it, in uvicorn. Null where there is no Python that has
 * the needed packages or can install them.
 */
export async function startOriginal(
  bench: Bench,
  { apiKey = "none", syncsFiles = false }: { apiKey?: string; syncsFiles?: boolean } = {},
): Promise<Original | null> {
  const python = findPython(bench);
  if (python === null) return null;
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const cwd = join(bench.folder, syncsFiles ? "original-synced" : "original");
  const folder = join(cwd, "files");
  mkdirSync(folder, { recursive: true });
  copyFileSync(PROGRAM, join(cwd, "app.py"));
  const server = await startServer({
    command: [python, "-m", "uvicorn", "app:app", "--port", String(port), "--log-level", "warning"],
    env: { API_KEY: apiKey, SYNC_FILES: syncsFiles ? "1" : "0" },
    cwd,
    logFile: `${cwd}.log`,
    isReady: () => answers(`${url}/openapi.json`),
    startMs: START_MS,
  });
  return { ...server, url, folder, name: `FastAPI in uvicorn, ${versionOf(python)}` };
}

/** The machine's own Python where it has all needed packages, else one in a folder of this measurement. */
function findPython(bench: Bench): string | null {
  if (hasAll("python3")) return "python3";
  const venv = join(bench.folder, "venv");
  const installed = join(venv, "bin", "python");
  if (existsSync(installed) && hasAll(installed)) return installed;
  bench.say("installing FastAPI and uvicorn into the temporary folder");
  const made = spawnSync("python3", ["-m", "venv", venv], { timeout: INSTALL_MS });
  const pip = made.status === 0 && join(venv, "bin", "pip");
  if (!pip) return null;
  const { status } = spawnSync(pip, ["install", "--quiet", ...PACKAGES], { timeout: INSTALL_MS });
  return status === 0 && hasAll(installed) ? installed : null;
}

const hasAll = (python: string) =>
  spawnSync(python, ["-c", "import fastapi, uvicorn, python_multipart"]).status === 0;

function versionOf(python: string): string {
  const asked = "import fastapi, uvicorn; print(fastapi.__version__, uvicorn.__version__)";
  return spawnSync(python, ["-c", asked], { encoding: "utf8" }).stdout.trim().replace(" ", " and ");
}
