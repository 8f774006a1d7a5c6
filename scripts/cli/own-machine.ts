const PLATFORMS: Partial<Record<NodeJS.Platform, string>> = {
  linux: "linux",
  darwin: "macos",
  win32: "windows",
};
const ARCHES: Partial<Record<NodeJS.Architecture, string>> = { x64: "x64", ia32: "x86", arm64: "arm64" };

/** What this machine is, in the server's words; undefined where the server has no word for it, and its default counts. */
export const ownMachine = { platform: PLATFORMS[process.platform], arch: ARCHES[process.arch] };
