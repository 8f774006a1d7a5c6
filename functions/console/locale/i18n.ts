import { computed } from "vue";
import { createI18n } from "vue-i18n";

export const languages = ["en", "zh-CN"] as const;
export type Language = (typeof languages)[number];

/** One text in every language of the console. */
export type Text = Readonly<Record<Language, string>>;
/** Texts by key. The languages cannot drift apart: a text that lacks one does not compile. */
export type Texts = Readonly<Record<string, Text>>;

const STORED = "slipway-language";

export const i18n = createI18n({
  legacy: false,
  locale: chosen(),
  fallbackLocale: "en",
  // A key is a name, not a path.
  messageResolver: (messages, key) => (messages as Record<string, string>)[key] ?? null,
});

/** The language of the console, and of the server's answers to it. */
export const language = computed<Language>({
  get: () => i18n.global.locale.value as Language,
  set(wanted) {
    i18n.global.locale.value = wanted;
    localStorage.setItem(STORED, wanted);
    document.documentElement.lang = wanted;
  },
});

document.documentElement.lang = language.value;

/** The language chosen before, else the first of the browser's that the console has. */
function chosen(): Language {
  const stored = localStorage.getItem(STORED);
  const known = languages.find((one) => one === stored);
  if (known) return known;
  const first = navigator.languages.find((tag) => /^(en|zh)\b/i.test(tag)) ?? "en";
  return /^zh/i.test(first) ? "zh-CN" : "en";
}

type Values = Record<string, string | number>;

/**
 * Makes the texts of one area of the console known.
 * `{name}` stands for the value of that name; forms for one and for many are divided by `|` and chosen by `count`.
 * @returns the function that says them, in the language of the moment
 */
export function defineTexts<T extends Texts>(
  area: string,
  texts: T,
): (key: keyof T & string, values?: Values) => string {
  for (const one of languages) {
    const messages = Object.entries(texts).map(([key, text]) => [`${area}.${key}`, text[one]]);
    i18n.global.mergeLocaleMessage(one, Object.fromEntries(messages));
  }
  return (key, values = {}) =>
    typeof values.count === "number"
      ? i18n.global.t(`${area}.${key}`, values, values.count)
      : i18n.global.t(`${area}.${key}`, values);
}

/** A text of the registry of pages, in the language of the moment. */
export const say = (text: Text): string => text[language.value];
