import { parseSemVer } from "../../kit/versions.ts";
import { archesFor } from "../../releases/arches.ts";
import { notesOf, type FeedFile, type FeedRelease } from "../feed-releases.ts";
import { deltasTo, newestNupkg, nupkgName, type Nupkg } from "./nupkgs.ts";

type Arch = FeedFile["arch"];
type Platform = "windows" | "macos" | "linux";

/** What the channel's name tells that a Velopack client asks for. */
export type VelopackFeed = { platform: Platform; arches: readonly Arch[]; channel: string };

const systems: Readonly<Record<string, Platform>> = { win: "windows", osx: "macos", linux: "linux" };

/** Reads the name of a feed: `releases.{win|osx|linux}[-arch][-channel].json`. @returns null for another name */
export function readVelopackFeed(fileName: string): VelopackFeed | null {
  const match = /^releases\.(win|osx|linux)(?:-(x64|x86|arm64))?(?:-([a-z][a-z0-9-]{0,31}))?\.json$/.exec(
    fileName,
  );
  const platform = systems[match?.[1] ?? ""];
  if (!match || !platform) return null;
  const arch = (match[2] ?? "x64") as Arch;
  return { platform, arches: archesFor(arch), channel: match[3] ?? "stable" };
}

type Question = {
  /** The client's own version, from which deltas are to lead. */
  localVersion: string | undefined;
  /** The client's name of its package, which the answer repeats. */
  id: string;
};

/** Velopack's list of releases: the newest full package, and the deltas that lead there from the client's version. */
export function renderVelopack(
  releases: readonly FeedRelease[],
  { arches }: VelopackFeed,
  { localVersion, id }: Question,
): string {
  const sayable = releases.filter(({ version }) => parseSemVer(version));
  const newest = newestNupkg(sayable, arches);
  if (!newest) return JSON.stringify({ Assets: [] });
  const deltas = deltasTo(newest, sayable, localVersion);
  const assets = [describe(newest, "Full", id), ...deltas.map((delta) => describe(delta, "Delta", id))];
  return JSON.stringify({ Assets: assets });
}

function describe(nupkg: Nupkg, type: "Full" | "Delta", id: string) {
  const { release, file } = nupkg;
  const notes = notesOf(release);
  return {
    PackageId: id,
    Version: release.version,
    Type: type,
    FileName: nupkgName(nupkg),
    // Its C# client compares digests in upper case.
    SHA1: file.sha1.toUpperCase(),
    SHA256: file.sha256.toUpperCase(),
    Size: file.size,
    ...(notes && { NotesMarkdown: notes }),
  };
}
