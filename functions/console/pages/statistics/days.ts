import type { paths } from "../../../../scripts/client/openapi.ts";
import type { Line } from "../../kit/charts/chart.ts";

type Daily = paths["/api/v1/statistics/daily"]["get"]["responses"]["200"]["content"]["application/json"];
type Row = Daily["counts"][number];
export type Kind = "checks" | "offers" | "downloads" | "installs" | "failures";

const DAY_MS = 86_400_000;
/** Lines that can be told apart. */
const MOST_LINES = 3;

/** A day of UTC as text, so many days before another. @param at milliseconds since 1970 */
export const dayBefore = (days: number, at = Date.now()): string =>
  new Date(at - days * DAY_MS).toISOString().slice(0, "2026-01-31".length);

/** Sums of each day from the first to the last; days on which nothing happened are 0. */
function sumsOf({ from, to, counts }: Daily, amount: (row: Row) => number): Line["points"] {
  const sums = new Map<string, number>();
  for (const row of counts) sums.set(row.day, (sums.get(row.day) ?? 0) + amount(row));
  const days = Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS) + 1;
  return Array.from({ length: days }, (_, index) => {
    const at = Date.parse(from) + index * DAY_MS;
    return { at, value: sums.get(dayBefore(0, at)) ?? 0 };
  });
}

/** A line for each kind. */
export const linesOf = (daily: Daily, kinds: readonly { kind: Kind; name: string }[]): Line[] =>
  kinds.map(({ kind, name }) => ({ name, points: sumsOf(daily, (row) => row[kind]) }));

/** Checks of the versions from which most came, a line for each. @param nameOf how a version is called */
export function versionLines(daily: Daily, nameOf: (version: string) => string): Line[] {
  const totals = new Map<string, number>();
  for (const { version, checks } of daily.counts) totals.set(version, (totals.get(version) ?? 0) + checks);
  const most = [...totals]
    .filter(([, total]) => total > 0)
    .toSorted(([, one], [, other]) => other - one)
    .slice(0, MOST_LINES);
  return most.map(([version]) => ({
    name: nameOf(version),
    points: sumsOf(daily, (row) => (row.version === version ? row.checks : 0)),
  }));
}

/** Whether anything of these kinds was counted. */
export const hasAny = (daily: Daily, kinds: readonly Kind[]): boolean =>
  daily.counts.some((row) => kinds.some((kind) => row[kind] > 0));
