import { beforeAll, expect, test, vi } from "vitest";
import { watchEffect } from "vue";
import type * as Format from "../../functions/console/locale/format.ts";
import { pretendBrowser } from "../support/console-page.ts";

let format: typeof Format;
let speak: (language: "en" | "zh-CN") => void;

beforeAll(async () => {
  pretendBrowser("en");
  format = await import("../../functions/console/locale/format.ts");
  const { language } = await import("../../functions/console/locale/i18n.ts");
  speak = (wanted) => (language.value = wanted);
});

test("sizes have the largest unit that leaves a whole part", () => {
  const sizes = [0, 1, 1023, 1024, 1536, 10_485_760, 42_949_672_960, 2 ** 60];
  expect(sizes.map(format.bytes)).toEqual([
    "0 B",
    "1 B",
    "1,023 B",
    "1 KiB",
    "1.5 KiB",
    "10 MiB",
    "40 GiB",
    "1,024 PiB",
  ]);
});

test("lists have the commas of the reader's language", () => {
  const lists = () => [format.listed(["a", "b"]), format.clauses(["a", "b"]), format.groups(["a", "b"])];
  expect(lists()).toEqual(["a, b", "a, b", "a; b"]);
  speak("zh-CN");
  expect(lists()).toEqual(["a、b", "a，b", "a；b"]);
  speak("en");
});

test("lengths of time have at most two parts, and no empty ones", () => {
  expect([0, 59, 60, 3600, 5400, 90_061, 172_800].map(format.duration)).toEqual([
    "0 sec",
    "59 sec",
    "1 min",
    "1 hr",
    "1 hr 30 min",
    "1 day 1 hr",
    "2 days",
  ]);
});

test("money has two decimals, shares one", () => {
  expect([0, 12.5, 1234.56].map(format.money)).toEqual(["0.00", "12.50", "1,234.56"]);
  expect([0, 0.8567, 1].map(format.percent)).toEqual(["0%", "85.7%", "100%"]);
});

test("a moment names the zone that it is told in", () => {
  const at = "2026-11-29T12:00:00Z";
  expect(format.moment(at).endsWith(` ${format.zone(Date.parse(at))}`)).toBe(true);
  expect(format.zone(Date.parse(at))).toMatch(/^[A-Z]/);
});

test("a distance follows the clock while the page is visible, and catches up when it is again", () => {
  vi.useFakeTimers();
  try {
    const page = document as unknown as { visibilityState: string };
    const show = (state: string) => {
      page.visibilityState = state;
      document.dispatchEvent(new Event("visibilitychange"));
    };
    show("visible");
    const said: string[] = [];
    const iso = new Date(Date.now() - 3000).toISOString();
    const stop = watchEffect(() => void said.push(format.distance(iso)), { flush: "sync" });
    expect(said).toEqual(["3 seconds ago"]);
    vi.advanceTimersByTime(40_000);
    expect(said.at(-1)).toBe("43 seconds ago");
    show("hidden");
    const told = said.length;
    vi.advanceTimersByTime(120_000);
    expect(said).toHaveLength(told);
    show("visible");
    expect(said.at(-1)).toBe("2 minutes ago");
    stop();
    show("hidden");
  } finally {
    vi.useRealTimers();
  }
});

test("distances in time go both ways, in the language of the moment", () => {
  const now = Date.parse("2026-11-29T12:00:00Z");
  const told = (iso: string) => format.distance(iso, now);
  expect(told("2026-11-29T11:57:00Z")).toBe("3 minutes ago");
  expect(told("2026-11-29T15:30:00Z")).toBe("in 3 hours");
  expect(told("2026-11-28T11:00:00Z")).toBe("yesterday");
  speak("zh-CN");
  expect(told("2026-11-29T11:57:00Z")).toBe("3分钟前");
  expect(format.count(12_345)).toBe("12,345");
  speak("en");
});
