import { folderOf, formatOf, nameOf } from "./file-names.ts";
import type { Detector } from "./plan.ts";
import { packagesOfBundle } from "./rust-bundle.ts";

/** Where cargo-packager keeps its parts, in the folder of its packages. */
const PARTS = ".cargo-packager";
/** What its packages are called where that folder is not carried along. */
const NAMED =
  /_\d[^_]*_(?:[a-z0-9_]+-setup\.exe|[a-z0-9_]+_[a-z]{2}-[A-Z]{2}\.msi|x86_64\.AppImage|aarch64\.AppImage)$/;

/** cargo-packager's output: flat, with a `.sig` beside each package that its updater takes. */
export const cargoPackager: Detector = (listing, given) => {
  const parts = listing.folders.filter((folder) => nameOf(folder) === PARTS).map(folderOf);
  const signed = listing.files
    .filter(({ path }) => NAMED.test(path) && listing.texts.has(`${path}.sig`))
    .map(({ path }) => folderOf(path));
  const folders = new Set([...parts, ...signed]);
  const files = listing.files.filter(({ path }) => folders.has(folderOf(path)) && isPackage(path));
  if (files.length === 0) return undefined;
  const packages = packagesOfBundle(listing, files, given);
  // Of the archives that it makes, only those for pacman do not name their system.
  for (const one of packages) if (one.format === "tar.gz") one.platform ??= "linux";
  return {
    tool: "cargo-packager",
    packages,
    skipped: [],
    read: [],
    faults: [],
  };
};

/** Its folder is by default the one of cargo's programs, which are `.exe` files too. */
const isPackage = (path: string) =>
  formatOf(path) !== undefined && (!/\.exe$/i.test(path) || /-setup\.exe$/i.test(path));
