export type PackageType = "full" | "patch" | "hotfix";

/** What decides between packages that lead to one version. */
export type Rival = {
  /** Rises with every publication. */
  id: number;
  type: PackageType;
  /** Its file's extension without the dot, in lower case. */
  format: string;
};

/** Of several formats of one package a client that asks for none is given the first of these, others after them. */
const FORMATS = "zip 7z tar.gz tgz exe msi msix dmg pkg deb rpm appimage nupkg apk".split(" ");

/** Of one type the first format counts, and of one format the newest package: only hotfixes come several times. */
export function replaces(other: Rival, way: Rival): boolean {
  if (other.type !== way.type || other === way) return false;
  if (other.format === way.format) return other.id > way.id;
  const [place, itsPlace] = [placeOf(other.format), placeOf(way.format)];
  return place < itsPlace || (place === itsPlace && other.format < way.format);
}

function placeOf(format: string): number {
  const place = FORMATS.indexOf(format);
  return place === -1 ? FORMATS.length : place;
}
