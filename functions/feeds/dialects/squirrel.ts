import { filesFor, notesOf, type FeedFile, type FeedRelease } from "../feed-releases.ts";

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

/**
 * Squirrel.Windows' `RELEASES`: a line with SHA-1, file name and bytes for the newest full package, and for each delta on
 * the way there. It is never empty, because the client takes an empty one for the answer of a broken server.
 * @returns null where no release has a package in NuGet's format
 */
export function renderReleases(releases: readonly FeedRelease[], arches: Arches): string | null {
  const newest = releases.find((release) => nupkgs(release, arches, "full").length > 0);
  if (!newest) return null;
  const [full] = nupkgs(newest, arches, "full");
  const deltas = releases.flatMap((release) => nupkgs(release, arches, "patch").slice(0, 1));
  const lines = [...deltas.toReversed(), ...(full ? [full] : [])];
  return lines.map(({ sha1, fileName, size }) => `${sha1.toUpperCase()} ${fileName} ${size}`).join("\n");
}

const nupkgs = (release: FeedRelease, arches: Arches, type: FeedFile["type"]) =>
  release.files.filter(
    (file) => file.type === type && file.format === "nupkg" && arches.includes(file.arch) && file.sha1 !== "",
  );
