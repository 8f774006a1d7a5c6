import { expect, test } from "vitest";
import { exposition, type Metric } from "../../functions/kit/exposition.ts";
import { readExposition, sampleOf } from "../support/exposition.ts";

const gauge = (name: string, samples: Metric["samples"], help = "What it is."): Metric => ({
  name,
  help,
  type: "gauge",
  samples,
});

test("a metric has its help and its type before its samples", () => {
  const metrics: Metric[] = [
    { name: "a_total", help: "How many.", type: "counter", samples: [{ value: 3 }] },
    gauge("b_seconds", [{ labels: { job: "x", state: "y" }, value: 0.25 }]),
  ];
  expect(exposition(metrics)).toBe(
    [
      "# HELP a_total How many.",
      "# TYPE a_total counter",
      "a_total 3",
      "# HELP b_seconds What it is.",
      "# TYPE b_seconds gauge",
      'b_seconds{job="x",state="y"} 0.25',
      "",
    ].join("\n"),
  );
});

test("whatever is in a label or a help comes out as it went in", () => {
  const strange = ['"', "\\", "\n", '\\"', "\\n", "a,b=c}", "版本 🚀", ""];
  const samples = strange.map((value, index) => ({ labels: { value }, value: index }));
  const read = readExposition(exposition([gauge("strange", samples, strange.join(" "))]));
  expect(read.get("strange")?.help).toBe(strange.join(" "));
  for (const [index, value] of strange.entries()) expect(sampleOf(read, "strange", { value })).toBe(index);
});

test("a value that is not known is left out, zero is not", () => {
  const samples = [
    { labels: { of: "null" }, value: null },
    { labels: { of: "nothing" }, value: undefined },
    { labels: { of: "zero" }, value: 0 },
  ];
  const read = readExposition(exposition([gauge("some", samples)]));
  expect([...(read.get("some")?.samples ?? [])]).toEqual([['{"of":"zero"}', 0]]);
});

test("large and small figures keep their values", () => {
  const values = [9007199254740991, 0.000_000_1, 1e21, -3];
  const samples = values.map((value, index) => ({ labels: { at: String(index) }, value }));
  const read = readExposition(exposition([gauge("figures", samples)]));
  for (const [index, value] of values.entries())
    expect(sampleOf(read, "figures", { at: String(index) })).toBe(value);
});

test.each([
  ["a sample without its type", "# HELP a A.\na 1\n"],
  ["a family that is there twice", "# HELP a A.\n# TYPE a gauge\n# HELP a A.\n# TYPE a gauge\n"],
  ["a sample that is there twice", '# HELP a A.\n# TYPE a gauge\na{b="c"} 1\na{b="c"} 2\n'],
  ["a counter without _total", "# HELP a A.\n# TYPE a counter\na 1\n"],
  ["a gauge with _total", "# HELP a_total A.\n# TYPE a_total gauge\n"],
  ["a quote that is not escaped", '# HELP a A.\n# TYPE a gauge\na{b="""} 1\n'],
  ["no help", "# HELP a \n# TYPE a gauge\n"],
  ["a last line that does not end", "# HELP a A.\n# TYPE a gauge\na 1"],
  ["a value that is no number", "# HELP a A.\n# TYPE a gauge\na undefined\n"],
])("the reader of the tests refuses %s", (_what, text) => {
  expect(() => readExposition(text)).toThrow();
});
