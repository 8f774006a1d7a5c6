/** What a package's file name says of it, in the pattern of published names. */
export type NamedPackage = {
  software: string;
  version: string;
  package_type: "full" | "patch" | "hotfix";
  from_version?: string;
  platform: string;
  arch: string;
};

const VERSION = String.raw`\d+(?:\.\d+[0-9A-Za-z.+-]*?)?`;
const EXTENSION = String.raw`\.(?:zip|7z|tar\.gz|tgz|exe|msi|msix|dmg|pkg|deb|rpm|appimage|nupkg|apk)`;
const PATTERN = new RegExp(
  String.raw`^(?<software>[A-Za-z0-9][\w.-]*?)-v(?:(?<from>${VERSION})-to-v)?(?<version>${VERSION})` +
    String.raw`-(?<type>full|patch|hotfix)(?:-\d{14})?-(?<platform>[a-z0-9_]+)-(?<arch>[a-z0-9_]+)${EXTENSION}$`,
  "i",
);

/**
 * Reads `<software>-v<version>-full-<platform>-<arch><ext>` and its patch and hotfix forms.
 * @returns undefined for any other name, and for a patch that does not say from which version.
 */
export function parsePackageName(fileName: string): NamedPackage | undefined {
  const { software, version, type, platform, arch, from } = PATTERN.exec(fileName)?.groups ?? {};
  if (!software || !version || !platform || !arch) return undefined;
  const package_type = type?.toLowerCase();
  if (package_type !== "full" && package_type !== "patch" && package_type !== "hotfix") return undefined;
  if ((package_type === "patch" && !from) || (package_type === "full" && from)) return undefined;
  return {
    software,
    version,
    package_type,
    platform: platform.toLowerCase(),
    arch: arch.toLowerCase(),
    ...(from ? { from_version: from } : {}),
  };
}
