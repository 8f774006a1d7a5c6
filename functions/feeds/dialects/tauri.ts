import { parseSemVer } from "../../kit/versions.ts";
import { filesFor, notesOf, type FeedFile, type FeedRelease } from "../feed-releases.ts";

type Arch = FeedFile["arch"];
type Platform = "windows" | "macos" | "linux";

/** What an updater of Tauri or cargo-packager asks for. */
export type TauriTarget = {
  platform: Platform;
  arch: Arch;
  /** The installer that the app came with, where it says so: the last part of `{os}-{arch}-{installer}`. */
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

/** What its updaters unpack on each system, the one that apps without a word of it were installed by first. */
const formats: Readonly<Record<Platform, readonly string[]>> = {
  windows: ["exe", "nsis.zip", "msi", "msi.zip"],
  macos: ["app.tar.gz"],
  linux: ["appimage", "appimage.tar.gz", "deb", "rpm"],
};

/** The formats that an installer of this name stands for. */
const installers: Readonly<Record<string, readonly string[]>> = {
  nsis: ["exe", "nsis.zip"],
  msi: ["msi", "msi.zip"],
  wix: ["msi", "msi.zip"],
  app: ["app.tar.gz"],
  appimage: ["appimage", "appimage.tar.gz"],
  deb: ["deb"],
  rpm: ["rpm"],
};

/** cargo-packager's name of a format. */
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

/** Reads target and arch of a dynamic feed's path. @returns null for names that these updaters do not have */
export function readTauriTarget(target: string, arch: string, bundle?: string): TauriTarget | null {
  const [system = "", , installer] = target.toLowerCase().split("-");
  const platform = systems[system];
  const known = arches[arch.toLowerCase()];
  if (!platform || !known) return null;
  return { platform, arch: known, installer: (bundle ?? installer)?.toLowerCase() };
}

/**
 * The signed package of a release for a target; where there is none for its arch, the universal one.
 * @returns undefined where there is none that these updaters take: they refuse what is not signed
 */
export function tauriFile(release: FeedRelease, target: TauriTarget): FeedFile | undefined {
  const { platform, arch, installer } = target;
  const wanted = installer === undefined ? formats[platform] : (installers[installer] ?? []);
  const first = filesFor(release, [arch, "universal"], wanted).find(({ signature }) => signature !== null);
  return parseSemVer(release.version) ? first : undefined;
}

/** The answer of Tauri's dynamic feed; `format` is cargo-packager's. */
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
 * Tauri's static feed: the newest release that has a signed package, with one for each system and arch, and one for each
 * installer besides.
 * @param releasesOf the releases of a platform, newest first
 * @returns null where no release has one
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

/** Updaters read base64 of the signature file; minisign's own is encoded for them. */
function signatureOf({ signature }: FeedFile): string {
  const text = signature ?? "";
  return text.startsWith("untrusted comment:") ? Buffer.from(text).toString("base64") : text.trim();
}
