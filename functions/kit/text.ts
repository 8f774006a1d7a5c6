import { z } from "zod";

/** Text that every database and client can read: no half of a surrogate pair. */
export const wellFormed = (least: number, most: number) =>
  z
    .string()
    .min(least)
    .max(most)
    .superRefine((value, context) => {
      if (!value.isWellFormed()) context.addIssue({ code: "custom", params: { type: "string_unicode" } });
    });

/** The beginning of a text, never ending in half a character. @param most UTF-16 units */
export const cutText = (most: number) => z.string().transform((value) => value.slice(0, most).toWellFormed());

/** A text with each `{name}` in it replaced by the value of that name; what has no value stays. */
export function fillText(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)\}/g, (placeholder, name: string) => String(values[name] ?? placeholder));
}
