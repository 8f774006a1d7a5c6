import { z } from "zod";

export const DAY_MS = 86_400_000;

const date = z.iso.date();
const moment = z.union([date, z.iso.datetime({ offset: true, local: true })]);

const described = {
  type: "string",
  anyOf: [
    { type: "string", format: "date" },
    { type: "string", format: "date-time" },
  ],
} as const;

/** The beginning of a period: a day (UTC) or a moment, as milliseconds since 1970. */
export const startDate = moment
  .transform(parse)
  .optional()
  .meta({ ...described, example: "2026-01-01" });

/** The first millisecond after a period whose last day or moment this is. */
export const endDate = moment
  .transform((text) => parse(text) + (date.safeParse(text).success ? DAY_MS : 1))
  .optional()
  .meta({ ...described, example: "2026-01-31" });

/** A calendar day, UTC. */
export const logDate = date.meta({ example: "2026-01-15" });

/** A moment without a time zone is UTC. */
function parse(text: string): number {
  const hasZone = /(?:Z|[+-]\d\d:?\d\d)$/i.test(text);
  return Date.parse(date.safeParse(text).success || hasZone ? text : `${text}Z`);
}

/** A day, UTC: from its first millisecond up to, not including, `to`. */
export type Day = { name: string; from: number; to: number };

/** The day of a moment. @param at milliseconds since 1970 */
export function dayOf(at: number): Day {
  const from = Math.floor(at / DAY_MS) * DAY_MS;
  return { name: new Date(from).toISOString().slice(0, 10), from, to: from + DAY_MS };
}
