import type { Range } from "./answer.ts";
import { Refusal } from "./refusal.ts";

/** A request with more ranges than this is no download but a burden: the whole object is sent. */
const MAX_RANGES = 1000;

/**
 * The ranges of `size` bytes that a Range header asks for; undefined where the whole object is to be sent, because there is
 * no header or not one in bytes. Overlapping ranges are sent as one. Refuses a header none of whose ranges can be served.
 * Method: RFC 9110, 14.2.
 */
export function readRanges(text: string | undefined, size: number): Range[] | undefined {
  const list = /^bytes=(.*)$/i.exec(text?.trim() ?? "")?.[1];
  if (list === undefined) return undefined;
  const specs = list.split(",", MAX_RANGES + 1).map((spec) => spec.trim());
  if (specs.length > MAX_RANGES) return undefined;
  const asked = specs.filter((spec) => spec !== "").map((spec) => readSpec(spec, size));
  if (asked.length === 0 || asked.includes("invalid")) return undefined;
  const found = asked.filter((range): range is Range => typeof range === "object");
  if (found.length === 0) {
    throw new Refusal(416, "InvalidRange", "The requested range is not satisfiable.", {
      headers: { "content-range": `bytes */${size}` },
      details: { ActualObjectSize: String(size) },
    });
  }
  return merged(found);
}

function readSpec(spec: string, size: number): Range | "invalid" | "beyond" {
  const [, first, last] = /^(\d*)\s*-\s*(\d*)$/.exec(spec) ?? [];
  if (first === undefined || last === undefined || (first === "" && last === "")) return "invalid";
  if (first === "") {
    const start = Math.max(0, size - Number(last));
    return start < size ? { start, end: size - 1 } : "beyond";
  }
  if (last !== "" && Number(last) < Number(first)) return "invalid";
  if (Number(first) >= size) return "beyond";
  return { start: Number(first), end: last === "" ? size - 1 : Math.min(Number(last), size - 1) };
}

/** In the order asked, unless some overlap or touch: those are joined, and all are then in the order of the bytes. */
function merged(ranges: Range[]): Range[] {
  const sorted = ranges.toSorted((a, b) => a.start - b.start);
  const result: Range[] = [];
  for (const { start, end } of sorted) {
    const last = result.at(-1);
    if (last && start <= last.end + 1) last.end = Math.max(last.end, end);
    else result.push({ start, end });
  }
  return result.length < ranges.length ? result : ranges;
}
