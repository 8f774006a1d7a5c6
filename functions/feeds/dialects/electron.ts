import { parseSemVer } from "../../kit/versions.ts";
import { archesFor } from "../../releases/arches.ts";
import { filesFor, isCriticalIn, notesOf, type FeedFile, type FeedRelease } from "../feed-releases.ts";
import { kernelVersion } from "./kernel-versions.ts";

type Arch = FeedFile["arch"];
type Platform = "windows" | "macos" | "linux";

/** What the file name tells that electron-updater asks for. */
export type ElectronFeed = { channel: string; platform: Platform; arches: readonly Arch[] };

/** electron-updater's name of the stable channel. */
const LATEST = "latest";

/** Its names of archs behind `-linux-`, which are Node's; x64 has none. */
const linuxArches: ReadonlyMap<string, Arch> = new Map([
  ["arm64", "arm64"],
  ["arm", "armv7"],
  ["armv7l", "armv7"],
  ["ia32", "x86"],
]);

/**
 * A device that finds no file named after its arch takes the first: so those come first that run on most of them, and
 * x86 before x64, for Windows runs it on every arch.
 */
const windowsArches: readonly Arch[] = ["universal", "x86", "x64", "arm64"];
const macArches: readonly Arch[] = ["universal", "x64", "arm64"];

/** The formats that electron-updater installs on each system. It chooses by extension, then by arch. */
const formats: Readonly<Record<Platform, readonly string[]>> = {
  windows: ["exe"],
  macos: ["zip", "dmg"],
  linux: ["appimage", "deb", "rpm", "pacman"],
};

/** Reads the name of a feed: `{channel}[-mac|-linux[-arch]].yml`. @returns null for another name, or an arch that is none */
export function readElectronFeed(fileName: string): ElectronFeed | null {
  const match = /^([a-z][a-z0-9-]*?)(-mac|-linux(?:-([a-z0-9]+))?)?\.yml$/.exec(fileName);
  if (!match) return null;
  const [, name = "", system = "", machine] = match;
  const channel = name === LATEST ? "stable" : name;
  if (system === "") return { channel, platform: "windows", arches: windowsArches };
  if (system === "-mac") return { channel, platform: "macos", arches: macArches };
  const arch = machine === undefined ? "x64" : linuxArches.get(machine);
  return arch ? { channel, platform: "linux", arches: archesFor(arch) } : null;
}

/**
 * electron-updater's `latest.yml` (6.8, generic provider) of the newest release whose version is SemVer. The JSON is YAML
 * too. While the SHA-512 of a file is still being taken, its release is left out.
 * @returns null where there is no such release
 */
export function renderElectron(releases: readonly FeedRelease[], feed: ElectronFeed): string | null {
  for (const release of releases) {
    if (!parseSemVer(release.version)) continue;
    const files = filesFor(release, feed.arches, formats[feed.platform]);
    const first = files.find(({ format }) => format !== "dmg");
    if (!first || files.some(({ sha512 }) => sha512 === "")) continue;
    const notes = notesOf(release);
    const system = kernelVersion(feed.platform, first.minOsVersion);
    return JSON.stringify(
      {
        version: release.version,
        files: files.map(describe),
        path: first.fileName,
        sha512: base64(first.sha512),
        releaseDate: release.releasedAt,
        ...(notes && { releaseNotes: notes }),
        ...(system && { minimumSystemVersion: system }),
        ...(isCriticalIn(files) && { isCritical: true }),
      },
      null,
      2,
    );
  }
  return null;
}

/**
 * The same for a device that is to stay where it is, because nothing but older versions could be named: electron-updater takes
 * an older one where it has a channel set. It compares versions before it looks at files.
 */
export const renderUnchangedElectron = (version: string): string =>
  JSON.stringify({ version, files: [], path: "", sha512: "" }, null, 2);

function describe(file: FeedFile) {
  return {
    url: file.fileName,
    sha512: base64(file.sha512),
    size: file.size,
    ...(file.blockMapSize !== null && { blockMapSize: file.blockMapSize }),
    ...(file.requiresAdmin && { isAdminRightsRequired: true }),
  };
}

const base64 = (hex: string) => Buffer.from(hex, "hex").toString("base64");
