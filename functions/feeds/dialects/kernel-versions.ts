/** What Windows 11 calls itself. */
const WINDOWS_11 = "10.0.22000";

/**
 * The version of a system as its kernel tells it (`os.release()` of Node), with three numbers, by the version that its people
 * know: macOS 14 has the kernel 23, macOS 26 the kernel 25.
 * @returns null where there is none, and for Linux: the version of a distribution tells nothing of its kernel
 */
export function kernelVersion(platform: string, version: string | null): string | null {
  const [major = 0, minor = 0, patch = 0] = (version ?? "").split(".").map(Number);
  if (major === 0 || platform === "linux") return null;
  if (platform === "macos") return `${darwin(major, minor)}.0.0`;
  if (platform === "windows" && major === 11) return WINDOWS_11;
  return `${major}.${minor}.${patch}`;
}

function darwin(major: number, minor: number): number {
  if (major === 10) return minor + 4;
  return major < 26 ? major + 9 : major - 1;
}
