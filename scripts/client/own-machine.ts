const PLATFORMS: Partial<Record<NodeJS.Platform, string>> = {
  linux: "linux",
  darwin: "macos",
  win32: "windows",
};
const ARCHES: Partial<Record<NodeJS.Architecture, string>> = { x64: "x64", ia32: "x86", arm64: "arm64" };

/**
 * This machine's platform and arch by the server's names. Undefined where the server has no name for one, so that its
 * default is used.
 */
export const ownMachine = { platform: PLATFORMS[process.platform], arch: ARCHES[process.arch] };
