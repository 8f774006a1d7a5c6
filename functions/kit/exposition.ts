/** One value of a metric. A value that is not known is left out. */
export type Sample = { labels?: Readonly<Record<string, string>>; value: number | null | undefined };

/** Figures of one name. `help` says in a sentence what they are, with their unit. */
export type Metric = {
  name: string;
  help: string;
  type: "counter" | "gauge";
  samples: readonly Sample[];
};

/** The Content-Type of what `exposition` writes. */
export const EXPOSITION_TYPE = "text/plain; version=0.0.4; charset=utf-8";

/** Metrics in the text form that Prometheus reads (version 0.0.4), each with its help and its type. */
export const exposition = (metrics: readonly Metric[]): string => metrics.map(family).join("");

function family({ name, help, type, samples }: Metric): string {
  const lines = samples.flatMap(({ labels = {}, value }) =>
    value === null || value === undefined ? [] : [`${name}${labelList(labels)} ${value}`],
  );
  const head = [`# HELP ${name} ${escaped(help)}`, `# TYPE ${name} ${type}`];
  return [...head, ...lines].map((line) => `${line}\n`).join("");
}

function labelList(labels: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels).map(
    ([name, value]) => `${name}="${escaped(value).replaceAll('"', '\\"')}"`,
  );
  return pairs.length === 0 ? "" : `{${pairs.join(",")}}`;
}

const escaped = (text: string) => text.replaceAll("\\", "\\\\").replaceAll("\n", "\\n");
