import { expect, test } from "vitest";
import { shorten } from "../../functions/kit/text.ts";

/** What a shortened text keeps, and how many characters it says are missing. */
function read(text: string) {
  const [, kept = "", missing] = /^(.*)… \(\+(\d+) characters\)$/s.exec(text) ?? [];
  return { kept, missing: Number(missing) };
}

test("a text that fits stays as it is, marks of its own included", () => {
  for (const text of ["", "a", "x".repeat(100), "ends in … (+5 characters)"])
    expect(shorten(text, 100)).toBe(text);
});

test("a longer one ends in how much is missing, within its limit", () => {
  for (const length of [101, 150, 5000, 1_000_000]) {
    const text = "x".repeat(length);
    const { kept, missing } = read(shorten(text, 100));
    expect(shorten(text, 100).length).toBeLessThanOrEqual(100);
    expect(kept.length).toBeGreaterThan(70);
    expect(kept.length + missing).toBe(length);
  }
});

test("characters count once each, and none is cut through", () => {
  for (const lead of ["", "x"]) {
    const { kept, missing } = read(shorten(lead + "😀".repeat(200), 101));
    expect(kept.isWellFormed()).toBe(true);
    expect(Array.from(kept).length + missing).toBe(lead.length + 200);
  }
});

test("what was cut several times says what is missing in all", () => {
  const once = shorten("x".repeat(10_000), 4000);
  const twice = shorten(shorten(once, 2000), 500);
  const { kept, missing } = read(twice);
  expect(kept.length + missing).toBe(10_000);
  expect(read(shorten("abc", 500, 7))).toEqual({ kept: "abc", missing: 7 });
});
