/** One line of a chart over time. */
export type Line = {
  name: string;
  /** The oldest first; `at` in milliseconds since 1970. */
  points: readonly { at: number; value: number }[];
};

export type Box = { width: number; height: number; left: number; bottom: number; top: number };
export type Range = { from: number; to: number; max: number };

/** Rows of the table that says the same as a chart. */
const MOST_ROWS = 24;

/** What the axes of a chart span. @param max the highest value of its axis, where that is fixed */
export function rangeOf(lines: readonly Line[], max?: number): Range {
  const points = lines.flatMap((line) => line.points);
  const times = points.map(({ at }) => at);
  const from = times.reduce((least, at) => Math.min(least, at), Infinity);
  const to = times.reduce((most, at) => Math.max(most, at), -Infinity);
  const highest = points.reduce((most, { value }) => Math.max(most, value), 0);
  return { from, to: to > from ? to : from + 1, max: max ?? niceAbove(highest) };
}

/** The path of a line in a box; of a single point, a dot. A stepped one keeps each value until the next. */
export function pathOf({ points }: Line, range: Range, box: Box, isStepped: boolean): string {
  const [first, ...others] = points.map(({ at, value }) => [x(at, range, box), y(value, range, box)]);
  if (!first) return "";
  if (others.length === 0) return `M${first.join(" ")}h0`;
  const steps = others.map(([across, up]) => (isStepped ? `H${across}V${up}` : `L${across} ${up}`));
  return `M${first.join(" ")}${steps.join("")}`;
}

const x = (at: number, { from, to }: Range, box: Box) =>
  round(box.left + ((at - from) / (to - from)) * (box.width - box.left));

/** How far down a value is. */
export const y = (value: number, { max }: Range, box: Box) =>
  round(box.top + (1 - value / max) * (box.height - box.bottom - box.top));

const round = (amount: number) => Math.round(amount * 10) / 10;

/** 1, 2 or 5 with zeros: the least that is not below the amount. */
function niceAbove(amount: number): number {
  if (amount <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(amount));
  return ([1, 2, 5, 10].find((step) => step * power >= amount) ?? 10) * power;
}

/** A few moments of the chart, evenly apart, with the value of each line: for its table. */
export function rowsOf(lines: readonly Line[]): { at: number; values: (number | undefined)[] }[] {
  const longest = lines.reduce<Line["points"]>(
    (most, { points }) => (points.length > most.length ? points : most),
    [],
  );
  const step = Math.max(1, Math.ceil(longest.length / MOST_ROWS));
  return longest
    .map(({ at }, index) => ({ at, values: lines.map(({ points }) => points[index]?.value) }))
    .filter((_row, index) => (longest.length - 1 - index) % step === 0)
    .toReversed();
}
