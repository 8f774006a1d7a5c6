import { expect, test } from "vitest";
import { beginsDownload } from "../../functions/downloads/beginning.ts";

const cases: [begins: boolean, headers: Record<string, string>][] = [
  [true, {}],
  [true, { range: "bytes=0-" }],
  [true, { range: "bytes=0-0" }],
  [true, { range: "Bytes = 0-99, 200-299" }],
  [true, { range: "bytes=0-", "if-range": '"tag"' }],
  // A unit that nobody knows is ignored: all of the file is sent.
  [true, { range: "pages=3-4" }],
  [false, { range: "bytes=1-" }],
  [false, { range: "bytes=400-", "if-range": '"tag"' }],
  [false, { range: "bytes=10-19,30-39" }],
  [false, { range: "bytes=-500" }],
  [false, { "if-none-match": '"tag"' }],
  [false, { "if-modified-since": "Sun, 06 Nov 1994 08:49:37 GMT" }],
  [false, { "if-match": '"tag"', range: "bytes=0-" }],
  [false, { "if-unmodified-since": "Sun, 06 Nov 1994 08:49:37 GMT" }],
];

test.each(cases)("%s: %j", (begins, headers) => {
  expect(beginsDownload((name) => headers[name])).toBe(begins);
});
