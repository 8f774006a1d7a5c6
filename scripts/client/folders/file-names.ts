/** The extensions that servers take, with the platform that each is of; longer ones stand before their own ends. */
const EXTENSIONS: readonly (readonly [extension: string, platform?: string])[] = [
  [".appimage.tar.gz", "linux"],
  [".app.tar.gz", "macos"],
  [".nsis.zip", "windows"],
  [".msi.zip", "windows"],
  [".tar.gz"],
  [".tgz"],
  [".zip"],
  [".7z"],
  [".exe", "windows"],
  [".msi", "windows"],
  [".msix", "windows"],
  [".dmg", "macos"],
  [".pkg", "macos"],
  [".deb", "linux"],
  [".rpm", "linux"],
  [".appimage", "linux"],
  [".pacman", "linux"],
  [".flatpak", "linux"],
  [".snap", "linux"],
  [".nupkg"],
  [".apk", "android"],
];

/** What build tools call platforms and archs, between `-`, `_`, `.` and blanks. */
const PLATFORMS: Readonly<Record<string, string>> = {
  windows: "windows",
  win: "windows",
  win32: "windows",
  win64: "windows",
  linux: "linux",
  macos: "macos",
  mac: "macos",
  darwin: "macos",
  osx: "macos",
  android: "android",
};
const ARCHES: Readonly<Record<string, string>> = {
  x64: "x64",
  amd64: "x64",
  win64: "x64",
  x86: "x86",
  ia32: "x86",
  i386: "x86",
  i686: "x86",
  arm64: "arm64",
  aarch64: "arm64",
  armv7: "armv7",
  armv7l: "armv7",
  armhf: "armv7",
  universal: "universal",
  universal2: "universal",
};

export const nameOf = (path: string): string => path.slice(path.lastIndexOf("/") + 1);
export const folderOf = (path: string): string => path.slice(0, path.lastIndexOf("/") + 1);

/** A file's whole extension without its first dot, and the platform that it is of; undefined where no server takes it. */
export function formatOf(path: string): { format: string; platform: string | undefined } | undefined {
  const name = path.toLowerCase();
  const found = EXTENSIONS.find(([extension]) => name.endsWith(extension));
  return found && { format: found[0].slice(1), platform: found[1] };
}

/** The platform that words of a name, or else its extension, say. */
export function platformOf(name: string): string | undefined {
  return wordIn(name, PLATFORMS) ?? formatOf(name)?.platform;
}

/** The arch that words of a name say. */
export const archOf = (name: string): string | undefined => wordIn(name, ARCHES);

/** The first of the words that stand in a name; undefined where it says two things. */
function wordIn(name: string, known: Readonly<Record<string, string>>): string | undefined {
  const words = name
    .toLowerCase()
    .replaceAll("x86_64", "x64")
    .replaceAll("x86-64", "x64")
    .split(/[^a-z0-9]+/);
  const said = new Set(words.flatMap((word) => (Object.hasOwn(known, word) ? (known[word] ?? []) : [])));
  const [only, ...others] = said;
  return others.length === 0 ? only : undefined;
}

const PRE_RELEASE = "(?:alpha|beta|rc|pre|preview|dev|nightly|canary|next|snapshot)";
const VERSION = new RegExp(
  String.raw`(?<![0-9A-Za-z.])v?(\d+\.\d+(?:\.\d+){0,2}(?:-${PRE_RELEASE}(?:[.-]?\d+)*(?![0-9A-Za-z]))?)(?![0-9A-Za-z]|\.\d)`,
  "gi",
);

/** The version that a name says; undefined where it says none, or two. */
export function versionOf(name: string): string | undefined {
  const format = formatOf(name)?.format;
  const stem = format === undefined ? name : name.slice(0, -format.length - 1);
  const [only, ...others] = new Set(Array.from(stem.matchAll(VERSION), ([, version]) => version));
  return others.length === 0 ? only : undefined;
}
