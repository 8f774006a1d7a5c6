import { message, type Locale, type TextKey } from "./locale.ts";

const patterns = new Map<TextKey, RegExp>();

/**
 * A sentence that was recorded in English, in another language: that of the first of `keys` whose English text it fits, with
 * the same values. Lines after the first are others' words and stay, as does a sentence that fits none.
 */
export function retell(locale: Locale, keys: readonly TextKey[], told: string): string {
  if (locale === "en") return told;
  const [sentence = "", ...others] = told.split("\n");
  return [retellSentence(locale, keys, sentence), ...others].join("\n");
}

function retellSentence(locale: Locale, keys: readonly TextKey[], sentence: string): string {
  for (const key of keys) {
    const values = patternOf(key).exec(sentence);
    if (!values) continue;
    const named = Object.entries(values.groups ?? {});
    return message(
      locale,
      key,
      Object.fromEntries(named.map(([name, value]) => [name, retellSentence(locale, keys, value)])),
    );
  }
  return sentence;
}

/** What an English text looks like with any values. */
function patternOf(key: TextKey): RegExp {
  const known = patterns.get(key);
  if (known) return known;
  const source = message("en", key)
    .split(/\{(\w+)\}/)
    .map((part, index) => (index % 2 === 1 ? `(?<${part}>.+)` : part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")))
    .join("");
  const made = new RegExp(`^${source}$`);
  patterns.set(key, made);
  return made;
}
