export type Software = { software: string; name: string; version_count: number };
export type Version = { version: string };

/** Software of which versions are looked at: those of more would be too many questions for one search. */
const MOST_LOOKED_INTO = 3;
/** Words of which each is a question of its own. */
const MOST_WORDS = 4;

/** The words of what was typed, in lower case. */
const wordsOf = (term: string): string[] => term.toLowerCase().split(/\s+/).filter(Boolean);

const isNamed = ({ software, name }: Software, word: string) =>
  name.toLowerCase().includes(word) || software.includes(word);

/** What the server is asked for: all that was typed, which may be a name, and its words, of which some may be a version. */
export const searchesOf = (term: string): string[] => {
  const words = wordsOf(term);
  return [...new Set([words.join(" "), ...words.slice(0, MOST_WORDS)])].filter(Boolean);
};

/**
 * The software that is meant by what was typed: one of its words, at least, is part of a name. Where several are typed,
 * the others may be a version: `omega 1.2`.
 */
export function matchSoftware<T extends Software>(all: readonly T[], term: string): T[] {
  const words = wordsOf(term);
  const hits = (one: T) => words.filter((word) => isNamed(one, word)).length;
  return all.filter((one) => hits(one) > 0).toSorted((a, b) => hits(b) - hits(a));
}

/** The software whose versions are to be looked at: the few that fit best, and have any. */
export const toLookInto = <T extends Software>(matched: readonly T[]): T[] =>
  matched.filter((one) => one.version_count > 0).slice(0, MOST_LOOKED_INTO);

/** The words beside a software's name, which are of a version. */
export const versionWords = (software: Software, term: string): string[] =>
  wordsOf(term).filter((word) => !isNamed(software, word));

/** The versions of a software that what was typed names beside it; all of them where it names none. */
export function matchVersions<T extends Version>(all: readonly T[], software: Software, term: string): T[] {
  const words = versionWords(software, term);
  return all.filter(({ version }) => words.every((word) => version.toLowerCase().includes(word)));
}
