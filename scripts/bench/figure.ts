/** One line of the report: a quantity, its target, and its value in each round. */
export type Figure = {
  what: string;
  /** In words: "at least 0.7". Absent where the number is only reported. */
  target?: string;
  unit: string;
  rounds: number[];
  /** The value that is compared with the target, where that is not the median of the rounds. */
  overall?: number;
  /** Whether that value meets the target; absent where there is no target. */
  met?: boolean;
  notes?: string[];
};

/** A figure whose median must reach `least`. */
export function atLeast(
  least: number,
  unit: string,
  what: string,
  rounds: number[],
  notes: string[] = [],
): Figure {
  return { what, target: `at least ${least} ${unit}`, unit, rounds, met: median(rounds) >= least, notes };
}

/** A figure whose median must stay at or below `most`. */
export function atMost(
  most: number,
  unit: string,
  what: string,
  rounds: number[],
  notes: string[] = [],
): Figure {
  return { what, target: `at most ${most} ${unit}`, unit, rounds, met: median(rounds) <= most, notes };
}

/** The value that is compared with the target. */
export const measured = ({ overall, rounds }: Figure) => overall ?? median(rounds);

export function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? NaN)) / 2;
}

/** The value that the given share of all values, such as 0.99, does not exceed. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? NaN;
}

/** Figures as lines of a table, each with its notes below. */
export function table(figures: Figure[]): string {
  const rows = figures.map((figure) => [
    figure.what,
    figure.target ?? "",
    `${short(measured(figure))} ${figure.unit}`,
    figure.met === undefined ? "" : figure.met ? "met" : "MISSED",
    figure.rounds.length > 1
      ? `${short(Math.min(...figure.rounds))} - ${short(Math.max(...figure.rounds))}, ${figure.rounds.length} rounds`
      : "",
  ]);
  const all = [["figure", "asked", "measured", "met", "min - max"], ...rows];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  const lines = all.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  "));
  const withNotes = lines.map((line, index) =>
    [line.trimEnd(), ...(figures[index - 1]?.notes ?? []).map((note) => `    ${note}`)].join("\n"),
  );
  return withNotes.join("\n");
}

/** A number with three significant digits. */
export function short(value: number): string {
  if (!Number.isFinite(value)) return "?";
  return Math.abs(value) >= 100 ? String(Math.round(value)) : String(Number(value.toPrecision(3)));
}
