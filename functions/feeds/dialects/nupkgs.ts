import { parseVersion } from "../../kit/versions.ts";
import { filesFor, type FeedFile, type FeedRelease } from "../feed-releases.ts";

type Arches = readonly FeedFile["arch"][];

/** A package of NuGet's form and the release that it leads to. */
export type Nupkg = { release: FeedRelease; file: FeedFile };

/** More steps than these no client takes. */
const MAX_DELTAS = 10;

/** Whether clients may be told of it: they check its SHA-1, which is still taken while it is empty. */
const isReady = ({ sha1 }: FeedFile) => sha1 !== "";

/** The newest release that has a full package, with it. */
export function newestNupkg(releases: readonly FeedRelease[], arches: Arches): Nupkg | undefined {
  for (const release of releases) {
    const file = filesFor(release, arches, ["nupkg"]).find(isReady);
    if (file) return { release, file };
  }
  return undefined;
}

/**
 * The deltas that lead from a client's version to the newest full package, in their order; all are for the arch of that one.
 * Clients take every delta above their version and do not notice a missing one, so there are some only where none is
 * missing, they are at most ten, and together smaller than the full package.
 */
export function deltasTo(
  { release: newest, file: full }: Nupkg,
  releases: readonly FeedRelease[],
  localVersion: string | undefined,
): Nupkg[] {
  const local = localVersion === undefined ? null : parseVersion(localVersion);
  if (!local) return [];
  const deltas: Nupkg[] = [];
  let bytes = 0;
  let release: FeedRelease | undefined = newest;
  while (release) {
    const leading: FeedFile[] = release.files.filter((file) => isDelta(file, full.arch));
    const file: FeedFile | undefined =
      leading.find(({ fromVersion }) => fromVersion === local.canonical) ?? leading[0];
    if (!file) return [];
    deltas.unshift({ release, file });
    bytes += file.size;
    if (deltas.length > MAX_DELTAS || bytes >= full.size) return [];
    if (file.fromVersion === local.canonical) return deltas;
    release = releases.find(({ version }) => parseVersion(version)?.canonical === file.fromVersion);
  }
  return [];
}

const isDelta = (file: FeedFile, arch: FeedFile["arch"]): boolean =>
  file.type === "patch" && file.format === "nupkg" && file.arch === arch && isReady(file);

/** Stands in no file name of a package. */
const MARK = "~";

/**
 * The name by which a client is told of a package and keeps it: they look for `-full.nupkg` among their own files, and
 * Squirrel.Windows reads the version before it.
 */
export const nupkgName = ({ release, file }: Nupkg) =>
  `${file.fileName.replace(/\.nupkg$/, "")}${MARK}${release.version}-${file.type === "full" ? "full" : "delta"}.nupkg`;

/** The package's own file name behind a name of `nupkgName`; another name stays what it is. */
export const storedNupkgName = (name: string) =>
  name.replace(new RegExp(`^([^${MARK}]+)${MARK}.+-(?:full|delta)\\.nupkg$`), "$1.nupkg");
