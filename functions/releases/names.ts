/** The longest slug that paths and queries of packages take. */
export const MAX_SLUG_LENGTH = 64;
/** Characters of an akey's random end that tell apart what would have one slug. */
const TAIL_LENGTH = 8;

/** The form in which names of software are compared: names that differ only in case or width are the same. */
export function nameKey(name: string): string {
  return name.normalize("NFKC").toLowerCase();
}

/**
 * The slugs that software of this name may have, the preferred one first: the name written in `a-z 0-9 -`, and the same with
 * the end of its akey. Slugs are part of URLs and file names. A name without any letter that can be written so gets the
 * akey's end alone.
 */
export function slugsFor(name: string, akey: string): [preferred: string, unique: string] {
  const tail = akey.slice(-TAIL_LENGTH);
  const words = name
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-");
  const cut = (length: number) => words.slice(0, length).replace(/^-+|-+$/g, "");
  const [preferred, shorter] = [cut(MAX_SLUG_LENGTH), cut(MAX_SLUG_LENGTH - TAIL_LENGTH - 1)];
  return preferred === ""
    ? [`s-${tail}`, `s-${akey.slice(-2 * TAIL_LENGTH)}`]
    : [preferred, `${shorter}-${tail}`];
}
