import { packageTypes } from "../../schema/packages.ts";
import { MAX_SLUG_LENGTH } from "./names.ts";

export type PackageType = (typeof packageTypes)[number];

/** What identifies a package among those of its software. */
export type PackageSlot = {
  software: string;
  version: string;
  type: PackageType;
  platform: string;
  arch: string;
  fromVersion: string | null;
};

const folders = { full: "full", patch: "patches", hotfix: "hotfixes" } as const;

/** The path at which a package's file is downloaded. */
export function downloadPath(type: PackageType, version: string, fileName: string): string {
  return `/downloads/${folders[type]}/${version}/${fileName}`;
}

/** The type that a folder of a download path stands for. */
export function typeOfFolder(folder: string): PackageType | undefined {
  return packageTypes.find((type) => folders[type] === folder);
}

/** The slugs of software that a package's file of this name may be of: any text before a `-v`. */
export function slugsOfFile(fileName: string): string[] {
  const name = fileName.toLowerCase();
  return Array.from(name.matchAll(/-v/g), ({ index }) => name.slice(0, index)).filter(
    (slug) => slug !== "" && slug.length <= MAX_SLUG_LENGTH,
  );
}

/**
 * The file name of a package. A version may have several hotfixes, so the name of a hotfix holds its moment.
 * @param now milliseconds since 1970
 * @param extension with its dot
 */
export function packageFileName(slot: PackageSlot, extension: string, now: number): string {
  const { software, version, platform, arch } = slot;
  const target = `${platform}-${arch}${extension}`;
  switch (slot.type) {
    case "full":
      return `${software}-v${version}-full-${target}`;
    case "patch":
      return `${software}-v${slot.fromVersion}-to-v${version}-patch-${target}`;
    case "hotfix":
      return `${software}-v${version}-hotfix-${new Date(now).toISOString().replace(/\D/g, "").slice(0, 14)}-${target}`;
  }
}
