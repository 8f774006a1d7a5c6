export type Software = { akey: string; name: string; description: string; version_count: number };
export type Version = { version: string; description: string };

/** Software of which versions are looked at: those of more would be too many questions for one search. */
const MOST_LOOKED_INTO = 3;

/** The words of what was typed, in lower case. */
const wordsOf = (term: string): string[] => term.toLowerCase().split(/\s+/).filter(Boolean);

/**
 * The software that is meant by what was typed: one of its words, at least, is part of the name. Where several are typed,
 * the others may be a version: `omega 1.2`.
 */
export function matchSoftware<T extends Software>(all: readonly T[], term: string): T[] {
  const words = wordsOf(term);
  const hits = ({ name }: T) => words.filter((word) => name.toLowerCase().includes(word)).length;
  return all.filter((one) => hits(one) > 0).toSorted((a, b) => hits(b) - hits(a));
}

/** The software whose versions are to be looked at: the few that fit best, and have any. */
export const toLookInto = <T extends Software>(matched: readonly T[]): T[] =>
  matched.filter((one) => one.version_count > 0).slice(0, MOST_LOOKED_INTO);

/** The versions of a software that what was typed names beside it; all of them where it names none. */
export function matchVersions<T extends Version>(all: readonly T[], { name }: Software, term: string): T[] {
  const rest = wordsOf(term).filter((word) => !name.toLowerCase().includes(word));
  return all.filter(({ version }) => rest.every((word) => version.toLowerCase().includes(word)));
}
