const DAY_MS = 86_400_000;

/** The day of a moment in UTC, counted since 1970. @param at milliseconds since 1970 */
export const dayOf = (at: number): number => Math.floor(at / DAY_MS);

/** The day of a date such as `2026-01-31`. */
export const readDay = (date: string): number => dayOf(Date.parse(date));

/** A day as `2026-01-31`. */
export const dayText = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10);
