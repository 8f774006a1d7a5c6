import { z } from "zod";

/** Text that every database and client can read: it has no half of a surrogate pair. */
export const wellFormed = (least: number, most: number) =>
  z.string().min(least).max(most).superRefine(refuseHalfCharacters);

/** The same without blanks at either end, which do not count. A description of it shows the limits. */
export const trimmed = (least: number, most: number) =>
  z.string().trim().min(least).max(most).superRefine(refuseHalfCharacters);

function refuseHalfCharacters(value: string, context: z.RefinementCtx<string>): void {
  if (!value.isWellFormed()) context.addIssue({ code: "custom", params: { type: "string_unicode" } });
}

const CONTROL = /\p{Cc}/u;

const CONTROLS = "\\u0000-\\u001f\\u007f-\\u009f";
const ONE_LINE = `^[^${CONTROLS}]*$`;
/** With something besides blanks. */
const FILLED_LINE = `^[^${CONTROLS}]*[^${CONTROLS}\\s][^${CONTROLS}]*$`;

/** What descriptions say of one line: blanks and line breaks around it are taken off without a word. */
export const linePattern = (least: number) => (least > 0 ? FILLED_LINE : ONE_LINE);

/** The same in one line: no control characters. */
export const plainLine = (least: number, most: number) =>
  wellFormed(least, most).superRefine(refuseControls).meta({ pattern: ONE_LINE });

/** A name or title: one line, without the blanks around it. */
export const title = (least: number, most: number) =>
  trimmed(least, most)
    .superRefine(refuseControls)
    .meta({ pattern: linePattern(least) });

function refuseControls(value: string, context: z.RefinementCtx<string>): void {
  if (hasControls(value)) context.addIssue({ code: "custom", params: { type: "string_controls" } });
}

/** Whether a text has control characters, as line breaks and NUL are. */
export const hasControls = (text: string) => CONTROL.test(text);

/** Characters of a key. */
const MAX_KEY = 256;

/** Whether a client may call this its key. */
export const isClientKey = (text: string) => clientKey.safeParse(text).success;

/** A key that a client chooses itself: a GUID, an e-mail address, base64, any text without control characters. */
export const clientKey = plainLine(1, 2 * MAX_KEY).superRefine((value, context) => {
  if (Array.from(value).length <= MAX_KEY) return;
  context.addIssue({ code: "too_big", origin: "string", maximum: MAX_KEY, inclusive: true, input: value });
});

/** The same for descriptions of forms. */
export const CLIENT_KEY_SCHEMA = {
  type: "string",
  minLength: 1,
  maxLength: MAX_KEY,
  pattern: ONE_LINE,
} as const;

/** The beginning of a text; a character is never cut in half. @param most UTF-16 units */
export const cutText = (most: number) => z.string().transform((value) => value.slice(0, most).toWellFormed());

const CUT = /… \(\+(\d+) characters\)$/;
const markOf = (missing: number) => `… (+${missing} characters)`;

/**
 * A text of at most `most` UTF-16 units: what is longer ends in a mark that says how many characters are missing, those
 * included that a cut before this one took.
 * @param lost characters that were cut from its end without a mark
 */
export function shorten(text: string, most: number, lost = 0): string {
  if (text.length <= most && lost === 0) return text;
  const before = CUT.exec(text);
  const whole = before ? text.slice(0, before.index) : text;
  const missing = lost + Number(before?.[1] ?? 0);
  const room = Math.max(0, most - markOf(missing + whole.length).length);
  // Not within a character of two units.
  const kept = whole.slice(0, room).replace(/[\ud800-\udbff]$/, "");
  return kept + markOf(missing + charactersIn(whole.slice(kept.length)));
}

function charactersIn(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}

/** A line of a log, shortened where it is too long. @param most UTF-16 units */
export const logText = (most: number) => z.string().transform((value) => shorten(value.toWellFormed(), most));

/** A text with each `{name}` in it replaced by the value of that name; what has no value stays. */
export function fillText(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)\}/g, (placeholder, name: string) => String(values[name] ?? placeholder));
}
