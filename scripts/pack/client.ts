import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Metafile } from "esbuild";
import { bundle } from "./bundle.ts";
import { ROOT } from "./folders.ts";

const LIBRARY = "scripts/client/library";

/** Adds the client library to a package's folder: one module for Node, browsers and Workers, and its declarations. */
export async function addClient(folder: string): Promise<Metafile> {
  const program = await bundle({
    entries: { client: `${LIBRARY}/library.ts` },
    outdir: folder,
    target: "es2022",
    instead: {
      "scripts/client/http.ts": `${LIBRARY}/http.ts`,
      "scripts/client/part-body.ts": `${LIBRARY}/part-body.ts`,
    },
    options: { minify: true, keepNames: true, outExtension: { ".js": ".mjs" } },
  });
  writeFileSync(join(folder, "client.d.ts"), declarations());
  return program;
}

/** One file that imports nothing: the types of the interface as generated, then the library's own. */
function declarations(): string {
  const read = (path: string) => readFileSync(join(ROOT, path), "utf8");
  const own = read(`${LIBRARY}/types.ts`).replaceAll(/^import .*\n/gm, "");
  return `${read("scripts/client/openapi.ts")}\n${own}`;
}
