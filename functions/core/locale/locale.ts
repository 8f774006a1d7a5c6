import type { ErrorParams } from "../errors.ts";
import { english, type MessageKey } from "./en.ts";
import { chinese } from "./zh-cn.ts";

export const locales = ["en", "zh-CN"] as const;
export type Locale = (typeof locales)[number];

export type { MessageKey };

const catalogue: Record<Locale, Record<MessageKey, string>> = { en: english, "zh-CN": chinese };

/**
 * A message of the catalogue in one language, with its {placeholders} filled in. Where `params.reason` names another
 * message, that one stands for {problem}; where `params.instead` does, that one is said.
 */
export function message(locale: Locale, key: MessageKey, params: ErrorParams = {}): string {
  const texts = catalogue[locale];
  const fill = (text: string, values: ErrorParams) =>
    text.replace(/\{(\w+)\}/g, (placeholder, name: string) => String(values[name] ?? placeholder));
  const named = (name: unknown): string | undefined =>
    typeof name === "string" && Object.hasOwn(texts, name) ? texts[name as MessageKey] : undefined;
  const text = named(params.instead) ?? texts[key];
  const reason = named(params.reason);
  return fill(text, reason === undefined ? params : { ...params, problem: fill(reason, params) });
}

/** The language that an Accept-Language header (RFC 9110, section 12.5.4) asks for first among ours. */
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
