import { chmodSync } from "node:fs";
import { join } from "node:path";
import { bundle } from "./bundle.ts";
import { names } from "./names.ts";
import { emptyFolder, finishFolder } from "./package-folder.ts";

/**
 * Fills the folder of the GPU agent's package with one program without dependencies. Its tarball is also what agents that
 * keep themselves up to date take from a server.
 * @returns the folder
 */
export async function buildAgent(): Promise<string> {
  const folder = emptyFolder("slipway-agent");
  const program = await bundle({
    // Agents look for the program under this name (scripts/gpu-agent/update/unpack.ts).
    entries: { "slipway-agent": "scripts/pack/agent/slipway-agent.ts" },
    outdir: folder,
    target: "node20",
    options: { minify: true, keepNames: true, outExtension: { ".js": ".mjs" } },
  });
  chmodSync(join(folder, "slipway-agent.mjs"), 0o755);
  const manifest = {
    name: names.agent,
    description: "The agent on a GPU server: takes tasks from a Slipway server and runs a command for each.",
    bin: { "slipway-agent": "slipway-agent.mjs" },
  };
  finishFolder(folder, manifest, "agent/README.md", [program]);
  return folder;
}
