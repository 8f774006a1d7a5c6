import { folderOf, formatOf } from "./file-names.ts";
import type { Detector } from "./plan.ts";
import { packagesOfBundle } from "./rust-bundle.ts";
import { say } from "./sentence.ts";

/** The folders of Tauri's bundlers, with what each makes; what else is in them are parts. */
const BUNDLES: Readonly<Record<string, RegExp>> = {
  nsis: /\.(?:exe|nsis\.zip)$/i,
  msi: /\.(?:msi|msi\.zip)$/i,
  appimage: /\.(?:AppImage|AppImage\.tar\.gz)$/i,
  deb: /\.deb$/i,
  rpm: /\.rpm$/i,
  macos: /\.app\.tar\.gz$/i,
  dmg: /\.dmg$/i,
};

/** Tauri's bundle folder, or one above it: `bundle/{nsis,msi,appimage,deb,rpm,macos,dmg}/`. */
export const tauri: Detector = (listing, given) => {
  const isProduct = (path: string) => BUNDLES[bundlerOf(path)]?.test(path) === true;
  const files = listing.files.filter(({ path }) => formatOf(path) !== undefined && isProduct(path));
  if (files.length === 0) return undefined;
  return {
    tool: "Tauri",
    packages: packagesOfBundle(listing, files, given),
    skipped: listing.files
      .filter(({ path }) => BUNDLES[bundlerOf(path)] && formatOf(path) && !isProduct(path))
      .map(({ path }) => ({ path, reason: say("partOfBundle", { bundler: bundlerOf(path) }) })),
    read: [],
    faults: [],
  };
};

/** The folder that a file is in, by its own name, where that is a bundler's. */
function bundlerOf(path: string): string {
  const folder = folderOf(path).slice(0, -1);
  const name = folder.slice(folder.lastIndexOf("/") + 1);
  return Object.hasOwn(BUNDLES, name) ? name : "";
}
