/** A family of the text form of Prometheus, as a strict reader understands it. */
export type Family = {
  help: string;
  type: "counter" | "gauge";
  /** By labels as JSON, names in order. */
  samples: Map<string, number>;
};

const NAME = /^[a-z][a-z0-9]*(?:_[a-z0-9]+)*$/;
const SAMPLE =
  /^([a-z_0-9]+)(?:\{((?:[a-z_]+="(?:[^"\\\n]|\\[\\"n])*",?)*)\})? (-?[0-9]+(?:\.[0-9]+)?(?:e[+-]?[0-9]+)?)$/;
const LABEL = /([a-z_]+)="((?:[^"\\\n]|\\[\\"n])*)"(?:,(?=[a-z_])|$)/y;

/**
 * Reads the text form, version 0.0.4, and refuses what promtool would complain of: each family has HELP, then TYPE, then its
 * samples, once; only counters end in `_total`; no sample is there twice.
 * @throws Error that names the line
 */
export function readExposition(text: string): Map<string, Family> {
  if (!text.endsWith("\n")) throw new Error("the last line does not end");
  const families = new Map<string, Family>();
  let name = "";
  for (const [index, line] of text.slice(0, -1).split("\n").entries()) {
    try {
      if (line.startsWith("# HELP ")) name = readHelp(line, families);
      else if (line.startsWith("# TYPE ")) readType(line, name, families);
      else readSample(line, name, families);
    } catch (error) {
      throw new Error(`line ${index + 1}: ${(error as Error).message}: ${line}`, { cause: error });
    }
  }
  for (const [each, { type }] of families) if (!type) throw new Error(`${each} has no type`);
  return families;
}

function readHelp(line: string, families: Map<string, Family>): string {
  const [, name = "", help = ""] = /^# HELP (\S+) (.+)$/.exec(line) ?? [];
  if (!NAME.test(name)) throw new Error("no name of a metric");
  if (families.has(name)) throw new Error("a family that is there twice");
  if (help === "") throw new Error("no help");
  families.set(name, { help: unescape(help), type: undefined as unknown as "gauge", samples: new Map() });
  return name;
}

function readType(line: string, current: string, families: Map<string, Family>): void {
  const [, name = "", type] = /^# TYPE (\S+) (counter|gauge)$/.exec(line) ?? [];
  const family = families.get(name);
  if (!family || name !== current) throw new Error("a type that follows no help of its own");
  if (family.type) throw new Error("a second type");
  if ((type === "counter") !== name.endsWith("_total")) throw new Error("counters alone end in _total");
  family.type = type as Family["type"];
}

function readSample(line: string, current: string, families: Map<string, Family>): void {
  const [, name, labels = "", value] = SAMPLE.exec(line) ?? [];
  const family = families.get(current);
  if (name === undefined || name !== current || !family?.type) throw new Error("no sample of its family");
  const key = JSON.stringify(readLabels(labels));
  if (family.samples.has(key)) throw new Error("a sample that is there twice");
  family.samples.set(key, Number(value));
}

function readLabels(text: string): Record<string, string> {
  const labels: Record<string, string> = {};
  LABEL.lastIndex = 0;
  while (LABEL.lastIndex < text.length) {
    const [, name, value = ""] = LABEL.exec(text) ?? [];
    if (name === undefined || name in labels) throw new Error("labels that cannot be read");
    labels[name] = unescape(value);
    if (LABEL.lastIndex === 0) throw new Error("labels that cannot be read");
  }
  return labels;
}

const unescape = (text: string) =>
  text.replaceAll(/\\([\\"n])/g, (_all, char: string) => (char === "n" ? "\n" : char));

/** The value of one sample. @throws Error where there is none */
export function sampleOf(
  families: Map<string, Family>,
  name: string,
  labels: Record<string, string> = {},
): number {
  const value = families.get(name)?.samples.get(JSON.stringify(labels));
  if (value === undefined) throw new Error(`there is no ${name} ${JSON.stringify(labels)}`);
  return value;
}
