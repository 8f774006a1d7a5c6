import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { freePort } from "../stack/processes.ts";
import type { Bench } from "./bench-stack.ts";
import { answers, startServer } from "./child-server.ts";
import type { ChildServer } from "./child-server.ts";

const START_MS = 60_000;
const INSTALL_MS = 180_000;
const PACKAGES = ["fastapi", "uvicorn", "python-multipart"];

/** What the original of contract 1 does with a form and with a download, in FastAPI's own way. */
const APP = `import hashlib, os
from fastapi import FastAPI, File, Form, UploadFile
from fastapi.responses import FileResponse

app = FastAPI()

@app.post("/upload")
async def upload(version: str = Form(...), package_type: str = Form(...), api_key: str = Form(...), file: UploadFile = File(...)):
    digest, size = hashlib.sha256(), 0
    with open(os.path.join("files", version), "wb") as out:
        while chunk := await file.read(1 << 20):
            out.write(chunk)
            digest.update(chunk)
            size += len(chunk)
    return {"version": version, "size": size, "sha256": digest.hexdigest()}

@app.get("/files/{name}")
async def download(name: str):
    return FileResponse(os.path.join("files", os.path.basename(name)))
`;

export type Original = ChildServer & { url: string; folder: string; name: string };

/** A FastAPI server in uvicorn; null where there is no Python that has, or can install, them. */
export async function startOriginal(bench: Bench): Promise<Original | null> {
  const python = findPython(bench);
  if (python === null) return null;
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const cwd = join(bench.folder, "original");
  const folder = join(cwd, "files");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(cwd, "app.py"), APP);
  const server = await startServer({
    command: [python, "-m", "uvicorn", "app:app", "--port", String(port), "--log-level", "warning"],
    cwd,
    logFile: join(bench.folder, "original.log"),
    isReady: () => answers(`${url}/openapi.json`),
    startMs: START_MS,
  });
  return { ...server, url, folder, name: `FastAPI in uvicorn, ${versionOf(python)}` };
}

/** The machine's own Python where it has all, else one in a folder of this measurement. */
function findPython(bench: Bench): string | null {
  if (hasAll("python3")) return "python3";
  const venv = join(bench.folder, "venv");
  bench.say("installing FastAPI and uvicorn into the temporary folder");
  const made = spawnSync("python3", ["-m", "venv", venv], { timeout: INSTALL_MS });
  const pip = made.status === 0 && join(venv, "bin", "pip");
  if (!pip) return null;
  const { status } = spawnSync(pip, ["install", "--quiet", ...PACKAGES], { timeout: INSTALL_MS });
  const python = join(venv, "bin", "python");
  return status === 0 && hasAll(python) ? python : null;
}

const hasAll = (python: string) =>
  spawnSync(python, ["-c", "import fastapi, uvicorn, python_multipart"]).status === 0;

function versionOf(python: string): string {
  const asked = "import fastapi, uvicorn; print(fastapi.__version__, uvicorn.__version__)";
  return spawnSync(python, ["-c", asked], { encoding: "utf8" }).stdout.trim().replace(" ", " and ");
}
