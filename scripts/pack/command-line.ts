import { chmodSync } from "node:fs";
import { join } from "node:path";
import { bundle } from "./bundle.ts";
import { addClient } from "./client.ts";
import { names } from "./names.ts";
import { emptyFolder, finishFolder } from "./package-folder.ts";

/**
 * Fills the folder of the command line's package with one program without dependencies, and the client library.
 * @param parent where the folder is made; who builds at the same time as others has one of their own
 * @returns the folder
 */
export async function buildCommandLine(parent?: string): Promise<string> {
  const folder = emptyFolder("slipway", parent);
  const program = await bundle({
    entries: { slipway: "scripts/pack/cli/slipway.ts" },
    outdir: folder,
    target: "node20",
    options: { minify: true, keepNames: true, outExtension: { ".js": ".mjs" } },
  });
  chmodSync(join(folder, "slipway.mjs"), 0o755);
  const client = await addClient(folder);
  const manifest = {
    name: names.commandLine,
    description:
      "Publishes to, asks and downloads from Slipway servers: the command line and the client library.",
    bin: { slipway: "slipway.mjs" },
    exports: {
      "./client": { types: "./client.d.ts", default: "./client.mjs" },
      "./package.json": "./package.json",
    },
  };
  finishFolder(folder, manifest, "cli/README.md", [program, client]);
  return folder;
}
