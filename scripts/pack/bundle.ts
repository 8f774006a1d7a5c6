import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { build, type BuildOptions, type Metafile, type Plugin } from "esbuild";
import { ROOT } from "./folders.ts";

/** Defines what packages that were written for `require` need in an ES module. */
const REQUIRE = `import { createRequire as $createRequire } from "node:module"; const require = $createRequire(import.meta.url);`;

type Bundle = {
  /** Name of an output file without extension -> the source file at which it begins. */
  entries: Record<string, string>;
  outdir: string;
  /** esbuild's name of a Node version, or of the language of browsers and Workers. */
  target: `node${number}` | "es2022";
  /** Source files -> the files that take their place. */
  instead?: Record<string, string>;
  options?: Omit<BuildOptions, "metafile">;
};

/** Bundles programs into ES modules for a package. Rejects with esbuild's own words. */
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

/** Leaves nothing of package.json in a bundle but the version, because programs read nothing else of it. */
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
