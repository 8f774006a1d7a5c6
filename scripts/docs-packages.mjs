// The documentation's pages need one script from each of two large packages, and nothing that these depend on. Runs with
// whatever Node the user has (20 or newer), and prints the folder where the files are.
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { unpack } from "./npm-archive.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));

/**
 * By package: our name of a file -> its path in the package. All of Scalar's packages have the same licence, but only some
 * contain its file.
 */
const files = {
  "@scalar/api-reference": { "scalar.js": "dist/browser/standalone.js" },
  "@scalar/themes": { "scalar.LICENSE.txt": "LICENSE" },
  redoc: {
    "redoc.standalone.js": "bundles/redoc.standalone.js",
    "redoc.standalone.js.LICENSE.txt": "bundles/redoc.standalone.js.LICENSE.txt",
    "redoc.LICENSE.txt": "LICENSE",
  },
};

/**
 * Puts the documentation's scripts and their licences under dist/vendor. They come from node_modules where the packages are
 * installed, else from the registry, and are compared with the lock file. Does nothing when the locked versions are there.
 * @param {(line: string) => void} say is told what is fetched
 * @returns {string} their folder
 */
export function provideDocs(say) {
  const { packages } = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8"));
  const folder = join(root, "dist", "vendor");
  const versions = Object.keys(files).map((name) => `${name} ${packages[`node_modules/${name}`].integrity}`);
  const stamp = `${versions.join("\n")}\n`;
  const stampFile = join(folder, "versions");
  if (existsSync(stampFile) && readFileSync(stampFile, "utf8") === stamp) return folder;
  const fresh = `${folder}.${process.pid}`;
  try {
    mkdirSync(fresh, { recursive: true });
    for (const [name, wanted] of Object.entries(files)) {
      const entry = packages[`node_modules/${name}`];
      const installed = join(root, "node_modules", name);
      if (versionOf(installed) === entry.version) take(installed, wanted, fresh);
      else {
        say(`Fetching ${name}@${entry.version} for the documentation's pages ...`);
        unpack({ name, entry, root }, (unpacked) => take(unpacked, wanted, fresh));
      }
    }
    writeFileSync(join(fresh, "versions"), stamp);
    rmSync(folder, { recursive: true, force: true });
    renameSync(fresh, folder);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
  return folder;
}

function take(from, wanted, to) {
  for (const [name, path] of Object.entries(wanted)) {
    mkdirSync(dirname(join(to, name)), { recursive: true });
    cpSync(join(from, path), join(to, name));
  }
}

function versionOf(folder) {
  try {
    return JSON.parse(readFileSync(join(folder, "package.json"), "utf8")).version;
  } catch {
    return undefined;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  process.stdout.write(`${provideDocs((line) => process.stderr.write(`${line}\n`))}\n`);
}
