import { filesFor, notesOf, type FeedFile, type FeedRelease } from "../feed-releases.ts";
import { deltasTo, newestNupkg, nupkgName } from "./nupkgs.ts";

type Arches = readonly FeedFile["arch"][];

/** Squirrel.Mac cannot read fractions of a second. */
const withoutMilliseconds = (iso: string) => iso.replace(/\.\d+Z$/, "Z");

const updateOf = (release: FeedRelease, file: FeedFile, urlOf: (fileName: string) => string) => ({
  version: release.version,
  url: urlOf(file.fileName),
  name: release.version,
  notes: notesOf(release),
  pub_date: withoutMilliseconds(release.releasedAt),
});

/** The package of a release that Squirrel.Mac and Electron's autoUpdater install: a zip. */
export const squirrelZip = (release: FeedRelease, arches: Arches) => filesFor(release, arches, ["zip"])[0];

/** The answer of a dynamic feed for Electron's autoUpdater on macOS, in the form of update.electronjs.org. */
export function renderSquirrelMac(
  release: FeedRelease,
  file: FeedFile,
  urlOf: (fileName: string) => string,
): string {
  return JSON.stringify(updateOf(release, file, urlOf));
}

/** Squirrel.Mac's static `RELEASES.json` of the newest release that has a zip. @returns null where none has one */
export function renderReleasesJson(
  releases: readonly FeedRelease[],
  arches: Arches,
  urlOf: (fileName: string) => string,
): string | null {
  for (const release of releases) {
    const file = squirrelZip(release, arches);
    if (!file) continue;
    const { version } = release;
    const entry = { version, updateTo: updateOf(release, file, urlOf) };
    return JSON.stringify({ currentRelease: version, releases: [entry] });
  }
  return null;
}

/** The same for a device that is to stay where it is, because nothing but older versions could be named. */
export const renderUnchangedReleases = (version: string): string =>
  JSON.stringify({ currentRelease: version, releases: [] });

/** The versions that Squirrel.Windows reads out of a file name. */
const IN_NAMES = /^\d+(?:\.\d+){0,3}(?:-[a-z][0-9a-z-]*)?$/;

/**
 * Squirrel.Windows' `RELEASES`: a line for the newest full package, and for each delta that leads there from the client's
 * version: SHA-1, address, bytes. Never empty, for its client takes an empty one for a broken server.
 * @param localVersion the client's own, which it tells from its second update on
 * @returns null where no release has a package of NuGet's form
 */
export function renderReleases(
  releases: readonly FeedRelease[],
  arches: Arches,
  localVersion: string | undefined,
  urlOf: (fileName: string) => string,
): string | null {
  const sayable = releases.filter(({ version }) => IN_NAMES.test(version));
  const newest = newestNupkg(sayable, arches);
  if (!newest) return null;
  const lines = [...deltasTo(newest, sayable, localVersion), newest];
  return lines
    .map((nupkg) => `${nupkg.file.sha1.toUpperCase()} ${urlOf(nupkgName(nupkg))} ${nupkg.file.size}`)
    .join("\n");
}
