import { expect, test } from "vitest";
import { BOX, layOut, pathOf } from "../../functions/console/pages/plugins/graph-layout.ts";

const needing = (name: string, ...needs: string[]) => ({
  name,
  version: "1.0.0",
  dependencies: Object.fromEntries(needs.map((needed) => [needed, "*"])),
});

test("each plugin stands right of all that need it, and no two boxes share a place", () => {
  const plan = [
    needing("base"),
    needing("middle", "base"),
    needing("side", "base"),
    needing("app", "middle", "side", "base"),
  ];
  const { boxes, lines, width, height } = layOut(plan);
  const xOf = new Map(boxes.map(({ name, x }) => [name, x]));
  for (const { from, to } of lines) expect(to.x).toBeGreaterThan(from.x);
  expect(lines).toHaveLength(5);
  expect(xOf.get("app")).toBe(0);
  expect(xOf.get("middle")).toBe(xOf.get("side"));
  expect(new Set(boxes.map(({ x, y }) => `${x} ${y}`)).size).toBe(boxes.length);
  for (const { x, y } of boxes) {
    expect(x + BOX.width).toBeLessThanOrEqual(width);
    expect(y + BOX.height).toBeLessThanOrEqual(height);
  }
});

test("a line that crosses a column goes through a place of its own there", () => {
  const { boxes, lines } = layOut([
    needing("base"),
    needing("middle", "base"),
    needing("app", "middle", "base"),
  ]);
  const long = lines.find(({ from, to }) => from.name === "app" && to.name === "base");
  expect(long?.through).toHaveLength(1);
  const places = boxes.map(({ x, y }) => ({ x, y }));
  expect(places).not.toContainEqual(long?.through[0]);
  expect(long && pathOf(long)).toMatch(/^M [\d.]+ [\d.]+ C .* L .* C /);
});

test("plugins that need each other are laid out, too", () => {
  const { boxes, lines } = layOut([needing("a", "b"), needing("b", "a")]);
  expect([boxes.length, lines.length]).toEqual([2, 2]);
});
