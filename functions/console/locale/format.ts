import { language, type Language } from "./i18n.ts";
import { now } from "./now.ts";

const UNITS = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"];
const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const separators: Record<Language, { names: string; clauses: string; groups: string }> = {
  en: { names: ", ", clauses: ", ", groups: "; " },
  "zh-CN": { names: "、", clauses: "，", groups: "；" },
};

const number = kept((options: Intl.NumberFormatOptions) => new Intl.NumberFormat(language.value, options));
const time = kept((options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(language.value, options));
const since = kept(
  (options: Intl.RelativeTimeFormatOptions) => new Intl.RelativeTimeFormat(language.value, options),
);

/** `1536` -> `1.5 KiB`. */
export function bytes(size: number): string {
  const power = size < 1 ? 0 : Math.min(Math.floor(Math.log2(size) / 10), UNITS.length - 1);
  const amount = size / 1024 ** power;
  return `${number({ maximumFractionDigits: amount < 10 && power > 0 ? 1 : 0 }).format(amount)} ${UNITS[power]}`;
}

/** `12345` -> `12,345`. */
export const count = (amount: number): string => number({}).format(amount);

/** Names, one after the other: `a, b`, in Chinese `a、b`. */
export const listed = (names: readonly string[]): string => names.join(separators[language.value].names);

/** What is said of one thing, one after the other: `Full, 73 KiB`, in Chinese with its own comma. */
export const clauses = (parts: readonly string[]): string => parts.join(separators[language.value].clauses);

/** Parts that have commas of their own: `a, b; c`, in Chinese `a，b；c`. */
export const groups = (parts: readonly string[]): string => parts.join(separators[language.value].groups);

/** A share of one, `0.856` -> `85.6 %`. */
export const percent = (share: number): string =>
  number({ style: "percent", maximumFractionDigits: 1 }).format(share);

/** An amount of money, which the server gives with at most two decimals. */
export const money = (amount: number): string =>
  number({ minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(amount);

/** The reader's own time zone at a moment, as `UTC` or `GMT+8`. @param at milliseconds since 1970 */
export const zone = (at = Date.now()): string =>
  time({ timeZoneName: "short" })
    .formatToParts(at)
    .find(({ type }) => type === "timeZoneName")?.value ?? "";

/** A moment (ISO 8601) in the reader's own time zone, which it names. */
export const moment = (iso: string): string => `${dateAndTime(iso)} ${zone(Date.parse(iso))}`;

/** A moment (milliseconds since 1970) for an axis or a line of a log: `29 Nov, 14:05`. */
export const shortMoment = (at: number): string =>
  time({
    month: "short",
    day: "numeric",
    hour: "numeric",
    minute: "2-digit",
  }).format(at);

/** A day of UTC that begins at a moment (milliseconds since 1970): `29 Nov`. */
export const shortDay = (at: number): string =>
  time({ month: "short", day: "numeric", timeZone: "UTC" }).format(at);

/** The time of day of a moment (ISO 8601) to the second, in the reader's own time zone. */
export const clock = (iso: string): string => time({ timeStyle: "medium" }).format(new Date(iso));

/** A moment to the second, as lines of a log need it; `zone` stands in the heading of their column. */
export const toTheSecond = (iso: string): string =>
  time({ dateStyle: "medium", timeStyle: "medium" }).format(new Date(iso));

/** The day of a moment (ISO 8601) in the reader's own time zone. */
export const day = (iso: string): string => time({ dateStyle: "medium" }).format(new Date(iso));

/** How long ago a moment was, or how far away it is: `3 minutes ago`; follows the clock. @param at milliseconds since 1970 */
export function distance(iso: string, at = now()): string {
  const seconds = Math.round((Date.parse(iso) - at) / 1000);
  const [unit, length] = stepOf(Math.abs(seconds));
  return since({ numeric: "auto" }).format(Math.trunc(seconds / length), unit);
}

/** A length of time, `5400` -> `1 hr 30 min`. @param seconds not negative */
export function duration(seconds: number): string {
  const parts: [amount: number, unit: string][] = [
    [Math.floor(seconds / DAY), "day"],
    [Math.floor((seconds % DAY) / HOUR), "hour"],
    [Math.floor((seconds % HOUR) / MINUTE), "minute"],
    [Math.floor(seconds % MINUTE), "second"],
  ];
  const first = parts.findIndex(([amount]) => amount > 0);
  const shown = first < 0 ? parts.slice(-1) : parts.slice(first, first + 2).filter(([amount]) => amount > 0);
  return shown
    .map(([amount, unit]) => number({ style: "unit", unit, unitDisplay: "short" }).format(amount))
    .join(" ");
}

const dateAndTime = (iso: string) => time({ dateStyle: "medium", timeStyle: "short" }).format(new Date(iso));

function stepOf(seconds: number): [unit: Intl.RelativeTimeFormatUnit, length: number] {
  if (seconds < MINUTE) return ["second", 1];
  if (seconds < HOUR) return ["minute", MINUTE];
  return seconds < DAY ? ["hour", HOUR] : ["day", DAY];
}

/** Making a formatter takes fifty times as long as using it, which long lists would feel. */
function kept<Options, Formatter>(make: (options: Options) => Formatter): (options: Options) => Formatter {
  const known = new Map<string, Formatter>();
  return (options) => {
    const key = language.value + JSON.stringify(options);
    const formatter = known.get(key) ?? make(options);
    known.set(key, formatter);
    return formatter;
  };
}
