import { packageByName } from "./by-name.ts";
import { archOf, folderOf, nameOf } from "./file-names.ts";
import type { ListedFile, Listing } from "./listing.ts";
import type { Given, Planned } from "./plan.ts";

/**
 * What Tauri's bundler and cargo-packager name alike: `App_1.0.0_x64-setup.exe`, and `App.app.tar.gz`, whose name says neither
 * version nor arch. Those are told by the app beside it, by the folder of the target, and by the other packages of the build.
 */
export function packagesOfBundle(listing: Listing, files: ListedFile[], given: Given): Planned[] {
  const named = files.flatMap((file) => packageByName(listing, file, {}) ?? []);
  const version = onlyOne(named.map((one) => one.version));
  for (const one of named) {
    one.version ??= versionOfApp(listing, one.path) ?? version ?? given.version;
    one.platform ??= given.platform;
  }
  const target = archOf(targetIn(listing.place));
  const archOfBuild = (platform: string | undefined) =>
    onlyOne(named.filter((one) => one.platform === platform).map(({ arch }) => arch));
  for (const one of named) one.arch ??= target ?? archOfBuild(one.platform) ?? given.arch;
  return named;
}

const onlyOne = (values: (string | undefined)[]): string | undefined => {
  const [only, ...others] = new Set(values.filter((value) => value !== undefined));
  return others.length === 0 ? only : undefined;
};

/** The part of a path that is a target of Rust's, like `aarch64-apple-darwin`. */
const targetIn = (place: string): string =>
  place.split(/[\\/]/).find((part) => /^\w+-(?:apple|pc|unknown)-\w+/.test(part)) ?? "";

/** What the app says of itself that an archive was made of: `App.app` beside `App.app.tar.gz`. */
function versionOfApp(listing: Listing, path: string): string | undefined {
  const app = `${folderOf(path)}${nameOf(path).replace(/\.tar\.gz$/i, "")}`;
  const plist = listing.texts.get(`${app}/Contents/Info.plist`) ?? "";
  return /<key>CFBundleShortVersionString<\/key>\s*<string>([^<]+)<\/string>/.exec(plist)?.[1]?.trim();
}
