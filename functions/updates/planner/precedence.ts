export type PackageType = "full" | "patch" | "hotfix";

/** What decides between packages that lead to the same version. */
export type Rival = {
  /** A later publication has a higher id. */
  id: number;
  type: PackageType;
  /** Extension of its file without the dot, in lower case. */
  format: string;
  /** Whether it is for every arch, and so may have a rival of the device's own. */
  isUniversal: boolean;
};

/**
 * Where a package exists in several formats and a client asks for none, it gets the first of these. Other formats come
 * after them.
 */
const FORMATS = "zip 7z tar.gz tgz exe msi msix dmg pkg deb rpm appimage nupkg apk".split(" ");

/**
 * Whether a universal package is out of the question, because another one that leads to the same version is of the device's
 * own arch: one of its type; or a full one, for the device then has no universal build that a patch or hotfix could change.
 */
export const isOfOwnArch = (other: Rival, way: Rival): boolean =>
  way.isUniversal && !other.isUniversal && (other.type === way.type || other.type === "full");

/**
 * The device's own arch counts before `universal`. Of one type the first format counts, and of one format the newest package. Only a hotfix can come several times in one
 * format.
 */
export function replaces(other: Rival, way: Rival): boolean {
  if (isOfOwnArch(other, way)) return true;
  if (other.type !== way.type || other === way || other.isUniversal !== way.isUniversal) return false;
  if (other.format === way.format) return other.id > way.id;
  const [place, itsPlace] = [placeOf(other.format), placeOf(way.format)];
  return place < itsPlace || (place === itsPlace && other.format < way.format);
}

function placeOf(format: string): number {
  const place = FORMATS.indexOf(format);
  return place === -1 ? FORMATS.length : place;
}
