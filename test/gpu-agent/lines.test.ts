import { Readable } from "node:stream";
import { expect, test } from "vitest";
import { eachLine } from "../../scripts/gpu-agent/lines.ts";

const LIMIT = 8 * 1024;

/** The lines of a stream that comes in pieces of so many bytes. */
async function linesOf(text: string, pieceBytes: number): Promise<string[]> {
  const bytes = Buffer.from(text);
  const pieces = Array.from({ length: Math.ceil(bytes.length / pieceBytes) }, (_, index) =>
    bytes.subarray(index * pieceBytes, (index + 1) * pieceBytes),
  );
  const lines: string[] = [];
  await eachLine(Readable.from(pieces), (line) => lines.push(line));
  return lines;
}

test.each([1, 7, 4096, 1_000_000])("lines come whole, in pieces of %i bytes", async (pieceBytes) => {
  const long = "文".repeat(2000);
  expect(await linesOf(`one\r\n\n${long}\nlast`, pieceBytes)).toEqual(["one", "", long, "last"]);
});

test.each([1, 7, 4096, 1_000_000])("what is cut says how much, in pieces of %i bytes", async (pieceBytes) => {
  for (const [character, bytes] of [
    ["x", 1],
    ["é", 2],
    ["文", 3],
    ["😀", 4],
  ] as const) {
    for (const lead of ["", "x"]) {
      const fitting = Math.floor((LIMIT - lead.length) / bytes);
      for (const more of [0, 1, 2, 500]) {
        const whole = lead + character.repeat(fitting + more);
        const mark = more === 0 ? "" : `… (+${more} characters)`;
        const kept = lead + character.repeat(fitting) + mark;
        expect(await linesOf(`${whole}\nnext\n`, pieceBytes)).toEqual([kept, "next"]);
      }
    }
  }
});

test("a result that is too long is none, and its log line says what is missing", async () => {
  const [line = ""] = await linesOf(`{"result": {"text": "${"x".repeat(300_000)}"}}\n`, 65_536);
  expect(line).toMatch(/^\{"result": .*x… \(\+\d+ characters\)$/);
  expect(() => JSON.parse(line) as unknown).toThrow(SyntaxError);
});
