/** A plugin of a plan and the plugins that it needs. */
export type Needing = { name: string; version: string; dependencies: Record<string, string> };

/** A box of the drawing. Lengths are in pixels. */
export type Box = { name: string; version: string; x: number; y: number };

export const BOX = { width: 208, height: 52 } as const;
const GAP = { x: 56, y: 16 } as const;

type Point = { x: number; y: number };

/** `through` are the places where a line crosses columns that lie between its boxes. */
export type Line = { from: Box; to: Box; through: Point[] };
export type Layout = { width: number; height: number; boxes: Box[]; lines: Line[] };

/** Lays a plan out in columns: each plugin stands right of all that need it, and what is wanted stands leftmost. */
export function layOut(plan: readonly Needing[]): Layout {
  const columns = columnsOf(plan);
  const taken = new Map<number, number>();
  const nextPlace = (column: number): Point => {
    const row = taken.get(column) ?? 0;
    taken.set(column, row + 1);
    return { x: column * (BOX.width + GAP.x), y: row * (BOX.height + GAP.y) };
  };
  // Whoever needs others comes after them in a plan, and is to stand above them.
  const boxes = plan
    .toReversed()
    .map(({ name, version }) => Object.assign(nextPlace(columns.get(name) ?? 0), { name, version }));
  const byName = new Map(boxes.map((box) => [box.name, box]));
  const lines = plan.flatMap(({ name, dependencies }) =>
    Object.keys(dependencies).flatMap((needed) => {
      const [from, to] = [byName.get(name), byName.get(needed)];
      if (!from || !to) return [];
      const [first, last] = [(columns.get(name) ?? 0) + 1, columns.get(needed) ?? 0];
      const between = Array.from({ length: Math.max(0, last - first) }, (_, index) => first + index);
      return [{ from, to, through: between.map(nextPlace) }];
    }),
  );
  const right = Math.max(0, ...boxes.map(({ x }) => x)) + BOX.width;
  const rows = Math.max(1, ...taken.values());
  return { width: right, height: rows * (BOX.height + GAP.y) - GAP.y, boxes, lines };
}

/** The path of a line, from the right side of one box to the left side of another. */
export function pathOf({ from, to, through }: Line): string {
  const middle = (y: number) => y + BOX.height / 2;
  let [x, y] = [from.x + BOX.width, middle(from.y)];
  let path = `M ${x} ${y}`;
  const bendTo = (toX: number, toY: number) => {
    const bend = (x + toX) / 2;
    path += ` C ${bend} ${y}, ${bend} ${toY}, ${toX} ${toY}`;
  };
  for (const place of through) {
    bendTo(place.x, middle(place.y));
    [x, y] = [place.x + BOX.width, middle(place.y)];
    path += ` L ${x} ${y}`;
  }
  bendTo(to.x - 2, middle(to.y));
  return path;
}

/** The column of each plugin: one more than the rightmost of those that need it. Circles end after as many rounds as plugins. */
function columnsOf(plan: readonly Needing[]): Map<string, number> {
  const columns = new Map(plan.map(({ name }) => [name, 0]));
  for (let round = 1; round < plan.length; round++) {
    let hasMoved = false;
    for (const { name, dependencies } of plan) {
      const next = (columns.get(name) ?? 0) + 1;
      for (const needed of Object.keys(dependencies)) {
        if ((columns.get(needed) ?? next) >= next || next >= plan.length) continue;
        columns.set(needed, next);
        hasMoved = true;
      }
    }
    if (!hasMoved) break;
  }
  return columns;
}
