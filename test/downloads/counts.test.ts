import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createCounters } from "../../functions/downloads/counts.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function counting() {
  const written: Record<number, number>[] = [];
  let failing = false;
  const counters = createCounters(
    async (sums) => {
      if (failing) throw new Error("the database is away");
      written.push(Object.fromEntries(sums));
    },
    () => Date.now(),
  );
  const background: Promise<unknown>[] = [];
  const add = (id: number) =>
    counters.add(id, (work) => {
      work.catch(() => undefined);
      background.push(work);
    });
  return { counters, written, background, add, fail: (now: boolean) => void (failing = now) };
}

test("a burst becomes one write a moment later", async () => {
  const { written, background, add } = counting();
  for (let count = 0; count < 100; count++) add(count % 2);
  expect(background).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(1000);
  expect(written).toEqual([{ 0: 50, 1: 50 }]);
});

test("a flush writes at once, and nothing twice", async () => {
  const { counters, written, add } = counting();
  add(7);
  await counters.flush();
  await counters.flush();
  await vi.advanceTimersByTimeAsync(1000);
  expect(written).toEqual([{ 7: 1 }]);
});

test("what could not be written is written with the next", async () => {
  const { counters, written, add, fail } = counting();
  fail(true);
  add(7);
  await expect(counters.flush()).rejects.toThrow("away");
  fail(false);
  add(7);
  add(8);
  await counters.flush();
  expect(written).toEqual([{ 7: 2, 8: 1 }]);
});

test("a flush that died with its request is scheduled again by a later count", async () => {
  const { written, add, counters } = counting();
  counters.add(7, () => undefined);
  vi.clearAllTimers();
  await vi.advanceTimersByTimeAsync(10_000);
  add(7);
  await vi.advanceTimersByTimeAsync(1000);
  expect(written).toEqual([{ 7: 2 }]);
});
