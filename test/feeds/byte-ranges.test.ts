import { describe, expect, test } from "vitest";
import { planReads, readManyRanges } from "../../functions/feeds/files/byte-ranges.ts";

const KIB = 1024;
const MIB = 1024 * KIB;
const SIZE = 1000;

const pairs = (header: string | undefined, size = SIZE) =>
  readManyRanges(header, size)?.map(({ start, end }) => [start, end]) ?? null;

describe("a Range header with several ranges", () => {
  test.for([
    [
      "bytes=0-0,1-1",
      [
        [0, 0],
        [1, 1],
      ],
    ],
    [
      "bytes=0-9, 20-29 ,40-49",
      [
        [0, 9],
        [20, 29],
        [40, 49],
      ],
    ],
    [
      "Bytes = 0 - 9,\t20-29",
      [
        [0, 9],
        [20, 29],
      ],
    ],
    [
      "bytes=007-009,20-29",
      [
        [7, 9],
        [20, 29],
      ],
    ],
    [
      "  bytes=0-9,20-29  ",
      [
        [0, 9],
        [20, 29],
      ],
    ],
  ] as const)("%j is read in its order", ([header, expected]) => {
    expect(pairs(header)).toEqual(expected);
  });

  test("may go backwards, overlap and repeat itself", () => {
    expect(pairs("bytes=500-599,0-99,50-149,0-99")).toEqual([
      [500, 599],
      [0, 99],
      [50, 149],
      [0, 99],
    ]);
  });

  test.for([
    [
      "bytes=0-9,990-",
      [
        [0, 9],
        [990, 999],
      ],
    ],
    [
      "bytes=0-9,990-5000",
      [
        [0, 9],
        [990, 999],
      ],
    ],
    [
      "bytes=0-9,999-99999999999999999999999",
      [
        [0, 9],
        [999, 999],
      ],
    ],
  ] as const)("%j ends with the file", ([header, expected]) => {
    expect(pairs(header)).toEqual(expected);
  });

  test.for([
    undefined,
    "",
    "bytes",
    "bytes=",
    "bytes=,",
    "bytes=0-9",
    "bytes=0-9,",
    "bytes=,0-9",
    "bytes=0-9,,20-29",
    "bytes=0-9,-10",
    "bytes=0-9,x-y",
    "bytes=0-9,20-29;30",
    "bytes=0-9,29-20",
    "bytes=0-9,1000-1010",
    "bytes=0-9,99999999999999999999-",
    "bytes=0-9,1.5-3",
    "bytes=0-9,0x10-0x20",
    "bytes=0-9,1e2-",
    "bytes=0-9,20-29 bytes=30-39",
    "items=0-9,20-29",
    "0-9,20-29",
  ])("%j gets the whole file", (header) => {
    expect(pairs(header)).toBeNull();
  });

  test("of an empty file asks for nothing", () => {
    expect(pairs("bytes=0-0,0-", 0)).toBeNull();
  });

  test("has at most 1000 ranges", () => {
    const header = (count: number) =>
      `bytes=${Array.from({ length: count }, (_, at) => `${at}-${at}`).join(",")}`;
    expect(pairs(header(1000), 2000)).toHaveLength(1000);
    expect(pairs(header(1001), 2000)).toBeNull();
  });

  test("asks for at most 64 MiB, counted as often as they are asked for", () => {
    const size = 200 * MIB;
    expect(pairs(`bytes=0-${32 * MIB - 1},${100 * MIB}-${132 * MIB - 1}`, size)).toHaveLength(2);
    expect(pairs(`bytes=0-${32 * MIB - 1},${100 * MIB}-${132 * MIB}`, size)).toBeNull();
    expect(pairs(`bytes=0-${40 * MIB},0-${40 * MIB}`, size)).toBeNull();
    expect(pairs("bytes=0-0,1-", size)).toBeNull();
  });
});

describe("reads of the bucket", () => {
  const reads = (...ranges: [number, number][]) =>
    planReads(ranges.map(([start, end]) => ({ start, end }))).map(({ start, end, ranges: { length } }) => [
      start,
      end,
      length,
    ]);

  test("join ranges with a gap of at most 128 KiB", () => {
    const next = 10 + 128 * KIB;
    expect(reads([0, 9], [next, next + 9])).toEqual([[0, next + 9, 2]]);
    expect(reads([0, 9], [next + 1, next + 9])).toEqual([
      [0, 9, 1],
      [next + 1, next + 9, 1],
    ]);
    expect(reads([0, 9], [10, 19], [500, 509])).toEqual([[0, 509, 3]]);
  });

  test("keep apart what goes backwards or overlaps", () => {
    expect(reads([100, 109], [0, 9], [5, 14], [20, 29], [20, 29])).toEqual([
      [100, 109, 1],
      [0, 9, 1],
      [5, 29, 2],
      [20, 29, 1],
    ]);
  });

  test("leave the ranges as they were", () => {
    const ranges = [
      { start: 0, end: 9 },
      { start: 20, end: 29 },
    ];
    planReads(ranges);
    expect(ranges).toEqual([
      { start: 0, end: 9 },
      { start: 20, end: 29 },
    ]);
  });
});
