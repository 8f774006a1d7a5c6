import { z } from "zod";
import { hasControls, linePattern } from "../kit/text.ts";

/** Texts that are read as true and as false, in lower case. */
const yes = new Set(["1", "on", "t", "true", "y", "yes"]);
const no = new Set(["0", "off", "f", "false", "n", "no"]);

/** Reads a whole number as Pydantic 2 does when it is not strict, which is how FastAPI reads queries, paths and bodies. */
function laxInteger(value: unknown): unknown {
  if (typeof value === "boolean") return Number(value);
  if (typeof value !== "string" || !/^\s*[+-]?\d+(?:_\d+)*(?:\.0*)?\s*$/.test(value)) return value;
  return Number(value.replaceAll("_", ""));
}

/** Reads a truth value in the same lenient way. */
function laxBoolean(value: unknown): unknown {
  if (value === 0 || value === 1) return value === 1;
  if (typeof value !== "string") return value;
  const text = value.toLowerCase();
  return yes.has(text) || (no.has(text) ? false : value);
}

/** Where a parameter is given several times, the last one counts. */
const last = (value: unknown): unknown => (Array.isArray(value) ? value.at(-1) : value);

/** Our limits are checked before `int()`, because zod has limits of its own for it and would report those. */
const whole = (least = Number.MIN_SAFE_INTEGER, most = Number.MAX_SAFE_INTEGER) =>
  z.number().min(least).max(most).int();

/** A whole number, by default any that JSON carries exactly. */
export const integer = (least?: number, most?: number) => z.preprocess(laxInteger, whole(least, most));

export const boolean = () => z.preprocess(laxBoolean, z.boolean());

export const integerParameter = (least?: number, most?: number) =>
  z.preprocess((value) => laxInteger(last(value)), whole(least, most));

export const booleanParameter = () => z.preprocess((value) => laxBoolean(last(value)), z.boolean());

/** Text between two lengths in characters (not UTF-16 units). */
export const text = (least: number, most: number) =>
  z.string().superRefine(checkText(least, most)).meta(described(least, most));

/** The same of a name: one line, without the spaces around it. */
export const nameText = (least: number, most: number) =>
  z
    .string()
    .transform((value) => value.trim())
    .superRefine(checkText(least, most))
    .superRefine((value, context) => {
      if (hasControls(value)) context.addIssue({ code: "custom", params: { type: "string_controls" } });
    })
    .meta({ ...described(least, most), pattern: linePattern(least) });

function checkText(least: number, most: number) {
  return (value: string, context: z.RefinementCtx<string>) => {
    const length = Array.from(value).length;
    const common = { origin: "string", inclusive: true, input: value } as const;
    if (!value.isWellFormed()) context.addIssue({ code: "custom", params: { type: "string_unicode" } });
    if (length < least) context.addIssue({ code: "too_small", minimum: least, ...common });
    if (length > most) context.addIssue({ code: "too_big", maximum: most, ...common });
  };
}

const described = (least: number, most: number) =>
  ({ type: "string", minLength: least, maxLength: most }) as const;
