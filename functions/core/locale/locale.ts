import { locales, type Locale } from "./locales.ts";
import { fillText } from "../../kit/text.ts";
import { errorDefinition, type ErrorCode, type ErrorParams } from "../errors.ts";

export { locales, type Locale };

/** Texts by key, each in every language. `{name}` stands for the parameter of that name. */
export type Texts = Readonly<Record<string, Readonly<Record<Locale, string>>>>;

/** All texts that do not belong to an error code. Each room that defines texts adds them to this interface. */
// oxlint-disable-next-line typescript/no-empty-object-type -- filled by declaration merging
export interface TextTable {}

export type TextKey = keyof TextTable;
export type MessageKey = ErrorCode | TextKey;

/** The key of a text, for the message of a zod schema's check: clients are told that text, in their language. */
export const textKey = (key: TextKey): string => key;

const texts = new Map<string, Readonly<Record<Locale, string>>>();

/** Makes texts known. @throws Error for a key that was defined before with another text. */
export function defineTexts(added: Texts): void {
  for (const [key, text] of Object.entries(added)) {
    if ((texts.get(key) ?? text) !== text) throw new Error(`the text ${key} is defined twice`);
    texts.set(key, text);
  }
}

/** The keys of all texts but those of errors. */
export const textKeys = (): TextKey[] => Array.from(texts.keys()) as TextKey[];

/** Whether this is the key of a text. */
export const hasText = (key: string): key is TextKey => texts.has(key);

/** Stands between the reasons of one refusal. */
const separators: Readonly<Record<Locale, string>> = { en: "; ", "zh-CN": "；" };

/**
 * A text in one language, with its {placeholders} filled in. Where `params.reason` is the key of a text, that text fills
 * {problem}, followed by one for each entry of `params.further`, a JSON list of such parameters. Where `params.instead` is
 * the key of a text, that text is used in place of `key`'s.
 * @throws Error for a key that nobody has defined.
 */
export function message(locale: Locale, key: MessageKey, params: ErrorParams = {}): string {
  const named = (name: unknown) => (typeof name === "string" ? texts.get(name)?.[locale] : undefined);
  const reasonOf = (one: ErrorParams) => fillText(named(one.reason) ?? "", one);
  const text = named(params.instead) ?? named(key) ?? errorDefinition(key as ErrorCode)[locale];
  if (named(params.reason) === undefined) return fillText(text, params);
  const further = JSON.parse(String(params.further ?? "[]")) as ErrorParams[];
  return fillText(text, { ...params, problem: [params, ...further].map(reasonOf).join(separators[locale]) });
}

/** The language among ours that an Accept-Language header (RFC 9110, section 12.5.4) prefers. */
export function chooseLocale(header: string | undefined, fallback: Locale): Locale {
  if (!header) return fallback;
  let best: Locale = fallback;
  let bestQuality = 0;
  for (const entry of header.slice(0, 256).split(",")) {
    const [tag = "", ...parameters] = entry.trim().toLowerCase().split(";");
    const quality = Number(
      parameters
        .find((p) => p.trim().startsWith("q="))
        ?.trim()
        .slice(2) ?? 1,
    );
    const locale = tag === "en" || tag.startsWith("en-") ? "en" : /^zh(-|$)/.test(tag) ? "zh-CN" : undefined;
    if (locale && quality > bestQuality) [best, bestQuality] = [locale, quality];
  }
  return best;
}
