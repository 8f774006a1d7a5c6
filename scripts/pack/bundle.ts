import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { build, type BuildOptions, type Metafile, type Plugin } from "esbuild";
import { ROOT } from "./folders.ts";

/** What packages written for `require` find in an ES module. */
const REQUIRE = `import { createRequire as $createRequire } from "node:module"; const require = $createRequire(import.meta.url);`;

type Bundle = {
  /** Output by name, without extension -> the file that it begins with. */
  entries: Record<string, string>;
  outdir: string;
  /** Node's name as esbuild knows it, or the platform of browsers and Workers. */
  target: `node${number}` | "es2022";
  /** Files of which others take the place. */
  instead?: Record<string, string>;
  options?: Omit<BuildOptions, "metafile">;
};

/** Bundles programs for a package into ES modules. Rejects with esbuild's own words. */
export async function bundle({ entries, outdir, target, instead = {}, options }: Bundle): Promise<Metafile> {
  const forNode = target !== "es2022";
  const result = await build({
    entryPoints: entries,
    outdir,
    absWorkingDir: ROOT,
    bundle: true,
    format: "esm",
    platform: forNode ? "node" : "browser",
    target,
    banner: forNode ? { js: REQUIRE } : {},
    plugins: [ownVersionAlone, replacements(instead)],
    legalComments: "none",
    logLevel: "silent",
    ...options,
    metafile: true,
  });
  return result.metafile;
}

/** Programs want of package.json their version; the rest would be carried along. */
const ownVersionAlone: Plugin = {
  name: "own-version-alone",
  setup(build) {
    build.onLoad({ filter: /\/package\.json$/ }, ({ path }) => {
      if (path !== join(ROOT, "package.json")) return undefined;
      const { version } = JSON.parse(readFileSync(path, "utf8")) as { version: string };
      return { contents: JSON.stringify({ version }), loader: "json" };
    });
  },
};

function replacements(instead: Record<string, string>): Plugin {
  const byPath = new Map(Object.entries(instead).map(([from, to]) => [join(ROOT, from), join(ROOT, to)]));
  return {
    name: "replacements",
    setup(build) {
      build.onResolve({ filter: /^\.{1,2}\// }, ({ path, resolveDir, importer }) => {
        const replacement = byPath.get(resolve(resolveDir, path));
        return replacement === undefined || replacement === importer ? undefined : { path: replacement };
      });
    },
  };
}
