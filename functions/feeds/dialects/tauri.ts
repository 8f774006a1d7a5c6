import { parseSemVer } from "../../kit/versions.ts";
import { archesFor } from "../../releases/arches.ts";
import { filesFor, notesOf, type FeedFile, type FeedRelease } from "../feed-releases.ts";

type Arch = FeedFile["arch"];
type Platform = "windows" | "macos" | "linux";

/** What an updater of Tauri or cargo-packager asks for. */
export type TauriTarget = {
  platform: Platform;
  arch: Arch;
  /** The installer by which the app came, if it says so: the last part of `{os}-{arch}-{installer}`. */
  installer: string | undefined;
};

const systems: Readonly<Record<string, Platform>> = {
  linux: "linux",
  windows: "windows",
  darwin: "macos",
  macos: "macos",
};

const arches: Readonly<Record<string, Arch>> = {
  x86_64: "x64",
  i686: "x86",
  aarch64: "arm64",
  armv7: "armv7",
  universal: "universal",
};

/**
 * The formats that these updaters install on each system. The first is taken to be the format of an app that does not name
 * its installer.
 */
const formats: Readonly<Record<Platform, readonly string[]>> = {
  windows: ["exe", "nsis.zip", "msi", "msi.zip"],
  macos: ["app.tar.gz"],
  linux: ["appimage", "appimage.tar.gz", "deb", "rpm"],
};

/** The formats of each installer, by its name. */
const installers: Readonly<Record<string, readonly string[]>> = {
  nsis: ["exe", "nsis.zip"],
  msi: ["msi", "msi.zip"],
  wix: ["msi", "msi.zip"],
  app: ["app.tar.gz"],
  appimage: ["appimage", "appimage.tar.gz"],
  deb: ["deb"],
  rpm: ["rpm"],
};

/** cargo-packager's names of formats. */
const packagers: Readonly<Record<string, string>> = {
  exe: "nsis",
  "nsis.zip": "nsis",
  msi: "wix",
  "msi.zip": "wix",
  "app.tar.gz": "app",
  appimage: "appimage",
  "appimage.tar.gz": "appimage",
  deb: "deb",
};

/** Reads target and arch in the path of a dynamic feed. @returns null for names that these updaters do not use */
export function readTauriTarget(target: string, arch: string, bundle?: string): TauriTarget | null {
  const [system = "", , installer] = target.toLowerCase().split("-");
  const platform = systems[system];
  const known = arches[arch.toLowerCase()];
  if (!platform || !known) return null;
  return { platform, arch: known, installer: (bundle ?? installer)?.toLowerCase() };
}

/**
 * The signed package of a release for a target: the one for its arch, else the universal one.
 * @returns undefined where there is none. Packages without a signature do not count, because these updaters refuse them
 */
export function tauriFile(release: FeedRelease, target: TauriTarget): FeedFile | undefined {
  const { platform, arch, installer } = target;
  const wanted = installer === undefined ? formats[platform] : (installers[installer] ?? []);
  const first = filesFor(release, archesFor(arch), wanted).find(({ signature }) => signature !== null);
  return parseSemVer(release.version) ? first : undefined;
}

/** The answer of Tauri's dynamic feed. `format` is for cargo-packager. */
export function renderTauri(
  release: FeedRelease,
  file: FeedFile,
  urlOf: (fileName: string) => string,
): string {
  const notes = notesOf(release);
  const format = packagers[file.format];
  return JSON.stringify({
    version: release.version,
    url: urlOf(file.fileName),
    signature: signatureOf(file),
    ...(notes && { notes }),
    pub_date: release.releasedAt,
    ...(format !== undefined && { format }),
  });
}

/**
 * Tauri's static feed of the newest release that has a signed package: a package for each system and arch, and one for each
 * installer besides.
 * @param releasesOf the releases of each platform, newest first
 * @returns null where no release has a signed package
 */
export function renderTauriStatic(
  releasesOf: Readonly<Record<Platform, readonly FeedRelease[]>>,
  urlOf: (fileName: string) => string,
): string | null {
  const all = Object.entries(releasesOf) as [Platform, readonly FeedRelease[]][];
  const signed = all.flatMap(([platform, releases]) =>
    releases.map((release) => ({ release, platforms: platformsOf(platform, release, urlOf) })),
  );
  const withFiles = signed.filter(({ platforms }) => Object.keys(platforms).length > 0);
  const [newest] = withFiles.toSorted((a, b) => (a.release.orderKey < b.release.orderKey ? 1 : -1));
  if (!newest) return null;
  const { version, orderKey, releasedAt } = newest.release;
  const same = withFiles.filter(({ release }) => release.orderKey === orderKey);
  const notes = notesOf(newest.release);
  return JSON.stringify({
    version,
    ...(notes && { notes }),
    pub_date: releasedAt,
    platforms: Object.assign({}, ...same.map(({ platforms }) => platforms)) as object,
  });
}

function platformsOf(platform: Platform, release: FeedRelease, urlOf: (fileName: string) => string) {
  const system = platform === "macos" ? "darwin" : platform;
  const places: Record<string, { url: string; signature: string; format?: string }> = {};
  for (const [name, arch] of Object.entries(arches)) {
    const named = Object.keys(installers).map((installer) => ({
      installer,
      key: `${system}-${name}-${installer}`,
    }));
    for (const { installer, key } of [{ installer: undefined, key: `${system}-${name}` }, ...named]) {
      const file = tauriFile(release, { platform, arch, installer });
      if (!file) continue;
      const format = packagers[file.format];
      places[key] = { url: urlOf(file.fileName), signature: signatureOf(file), ...(format && { format }) };
    }
  }
  return places;
}

/** Updaters read the signature file in base64. A file as minisign wrote it is encoded for them here. */
function signatureOf({ signature }: FeedFile): string {
  const text = signature ?? "";
  return text.startsWith("untrusted comment:") ? Buffer.from(text).toString("base64") : text.trim();
}
