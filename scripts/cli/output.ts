import type { ClientError } from "../client/errors.ts";

/** A bar for one phase of work, in bytes. */
type Phase = { add(bytes: number): void; set(bytes: number): void; end(): void };

export type Output = {
  json: boolean;
  /** The result: `value` as the one JSON document with --json, else the lines. */
  result(value: unknown, lines: string[]): void;
  /** One of several results over time: with --json one line of JSON, else the text. */
  item(value: unknown, line: string): void;
  /** A remark to whoever watches; never with --json. */
  note(line: string): void;
  phase(label: string, totalBytes: number, doneBytes?: number): Phase;
};

/** Results go to stdout; remarks and progress to stderr: a bar on a terminal, else a line now and then. */
export function createOutput(json: boolean): Output {
  return {
    json,
    result(value, lines) {
      process.stdout.write(
        json ? `${JSON.stringify(value, undefined, 2)}\n` : lines.map((line) => `${line}\n`).join(""),
      );
    },
    item(value, line) {
      process.stdout.write(`${json ? JSON.stringify(value) : line}\n`);
    },
    note(line) {
      if (!json) process.stderr.write(`${line}\n`);
    },
    phase(label, totalBytes, doneBytes = 0) {
      if (json || totalBytes === 0) return SILENT;
      if (progress === undefined)
        return progressLines((line) => process.stderr.write(`${line}\n`), label, totalBytes, doneBytes);
      return bar(progress, label, totalBytes, doneBytes);
    },
  };
}

/** The error on stderr; with --json also as the JSON document on stdout. */
export function printError(error: ClientError, json: boolean): void {
  process.stderr.write(`slipway: ${error.message}\n`);
  if (error.hint !== undefined) process.stderr.write(`${error.hint}\n`);
  if (json) printErrorJson(error);
}

export function printErrorJson({ code, message, hint, data, exitCode }: ClientError): void {
  const document = { error: { code, message, hint, exit_code: exitCode, data } };
  process.stdout.write(`${JSON.stringify(document, undefined, 2)}\n`);
}

// Loaded only where there is somebody to see it.
const progress = process.stderr.isTTY ? await import("cli-progress") : undefined;

const SILENT: Phase = { add: () => undefined, set: () => undefined, end: () => undefined };

function bar(
  { Presets, SingleBar }: NonNullable<typeof progress>,
  label: string,
  total: number,
  done: number,
): Phase {
  const started = Date.now();
  const view = new SingleBar(
    {
      stream: process.stderr,
      hideCursor: true,
      format: `${label.padEnd(11)} [{bar}] {percentage}% | {amount} | {speed}{left}`,
      barsize: 30,
    },
    Presets.legacy,
  );
  let value = done;
  const payload = () => {
    const perSecond = (value - done) / Math.max(0.001, (Date.now() - started) / 1000);
    const left = perSecond > 0 && value < total ? ` | ${humanTime((total - value) / perSecond)} left` : "";
    return { amount: `${humanSize(value)} of ${humanSize(total)}`, speed: `${humanSize(perSecond)}/s`, left };
  };
  view.start(total, done, payload());
  const set = (bytes: number) => {
    value = Math.min(total, Math.max(0, bytes));
    view.update(value, payload());
  };
  return {
    set,
    add: (bytes) => set(value + bytes),
    end: () => view.stop(),
  };
}

const LINE_EVERY_MS = 10_000;
/** Progress is told after another tenth, but not several times at once. */
const LEAST_BETWEEN_LINES_MS = 1_000;

/** Progress for a log: a line each ten seconds, or tenth, so that a short transfer says nothing. */
export function progressLines(
  write: (line: string) => void,
  label: string,
  total: number,
  done: number,
): Phase {
  const started = Date.now();
  let value = done;
  let told = { at: started, tenths: Math.floor((done / total) * 10) };
  const set = (bytes: number) => {
    value = Math.min(total, Math.max(0, bytes));
    const since = Date.now() - told.at;
    const tenths = Math.floor((value / total) * 10);
    const isDue = since >= LINE_EVERY_MS || (tenths > told.tenths && since >= LEAST_BETWEEN_LINES_MS);
    if (!isDue) return;
    told = { at: Date.now(), tenths };
    const perSecond = (value - done) / Math.max(0.001, (Date.now() - started) / 1000);
    const percent = Math.floor((value / total) * 100);
    write(`${label}: ${percent} %, ${humanSize(value)} of ${humanSize(total)}, ${humanSize(perSecond)}/s`);
  };
  return { set, add: (bytes) => set(value + bytes), end: () => undefined };
}

const UNITS = ["B", "KiB", "MiB", "GiB", "TiB"];

/** Bytes for people: 1536 is "1.5 KiB". */
export function humanSize(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < UNITS.length - 1) {
    value /= 1024;
    unit++;
  }
  return `${unit === 0 ? Math.round(value) : value.toFixed(1)} ${UNITS[unit]}`;
}

function humanTime(seconds: number): string {
  const whole = Math.ceil(seconds);
  if (whole < 60) return `${whole} s`;
  const minutes = Math.ceil(whole / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** Rows as aligned columns; the first row is the heading. */
export function table(rows: string[][]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
}
