import { parseSemVer } from "../../kit/versions.ts";
import { filesFor, notesOf, type FeedFile, type FeedRelease } from "../feed-releases.ts";

type Arch = FeedFile["arch"];
type Platform = "windows" | "macos" | "linux";

/** What the channel's name tells that a Velopack client asks for. */
export type VelopackFeed = { platform: Platform; arches: readonly Arch[]; channel: string };

const systems: Readonly<Record<string, Platform>> = { win: "windows", osx: "macos", linux: "linux" };

/** A client does not apply more deltas than this. */
const MAX_DELTAS = 10;

/** Reads the name of a feed: `releases.{win|osx|linux}[-arch][-channel].json`. @returns null for another name */
export function readVelopackFeed(fileName: string): VelopackFeed | null {
  const match = /^releases\.(win|osx|linux)(?:-(x64|x86|arm64))?(?:-([a-z][a-z0-9-]{0,31}))?\.json$/.exec(
    fileName,
  );
  const platform = systems[match?.[1] ?? ""];
  if (!match || !platform) return null;
  const arch = (match[2] ?? "x64") as Arch;
  return { platform, arches: [arch, "universal"], channel: match[3] ?? "stable" };
}

type Question = {
  /** The client's own version, from which deltas are to lead. */
  localVersion: string | undefined;
  /** The client's name of its package, which the answer repeats. */
  id: string;
};

/**
 * Velopack's list of releases: the newest full package, and the deltas that lead there from the client's version. A client
 * applies every listed delta between the two and does not notice a missing one. So they are listed only where none is
 * missing, there are at most ten, and together they are smaller than the full package.
 */
export function renderVelopack(
  releases: readonly FeedRelease[],
  feed: VelopackFeed,
  question: Question,
): string {
  const sayable = releases.filter(({ version }) => parseSemVer(version));
  const newest = sayable.find((release) => nupkgOf(release, feed));
  const full = newest && nupkgOf(newest, feed);
  if (!newest || !full) return JSON.stringify({ Assets: [] });
  const deltas = deltasTo(sayable, newest, full, feed, question.localVersion);
  const assets = [
    describe(newest, full, "Full", question.id),
    ...deltas.map(({ release, file }) => describe(release, file, "Delta", question.id)),
  ];
  return JSON.stringify({ Assets: assets });
}

/** The client checks the SHA-1 of a file, so a file is left out while its hashes are still being taken. */
const nupkgOf = (release: FeedRelease, { arches }: VelopackFeed) =>
  filesFor(release, arches, ["nupkg"]).find(({ sha1 }) => sha1 !== "");

type Delta = { release: FeedRelease; file: FeedFile };

function deltasTo(
  releases: readonly FeedRelease[],
  newest: FeedRelease,
  full: FeedFile,
  { arches }: VelopackFeed,
  localVersion: string | undefined,
): Delta[] {
  const local = localVersion === undefined ? null : parseSemVer(localVersion);
  if (!local) return [];
  const deltas: Delta[] = [];
  let bytes = 0;
  let release: FeedRelease | undefined = newest;
  while (release) {
    const file: FeedFile | undefined = release.files.find(
      ({ type, format, arch, sha1 }) =>
        type === "patch" && format === "nupkg" && arches.includes(arch) && sha1 !== "",
    );
    if (!file) return [];
    deltas.unshift({ release, file });
    bytes += file.size;
    if (deltas.length > MAX_DELTAS || bytes >= full.size) return [];
    if (file.fromVersion === local.canonical) return deltas;
    release = releases.find(({ version }) => parseSemVer(version)?.canonical === file.fromVersion);
  }
  return [];
}

function describe(release: FeedRelease, file: FeedFile, type: "Full" | "Delta", id: string) {
  const notes = notesOf(release);
  return {
    PackageId: id,
    Version: release.version,
    Type: type,
    FileName: file.fileName,
    // Its C# client compares digests in upper case.
    SHA1: file.sha1.toUpperCase(),
    SHA256: file.sha256.toUpperCase(),
    Size: file.size,
    ...(notes && { NotesMarkdown: notes }),
  };
}
