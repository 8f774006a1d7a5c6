/** Writes one line per event: time, level, what happened, and its particulars as name=value. */
export type Log = (
  level: "info" | "warn" | "error",
  event: string,
  fields?: Record<string, string | number>,
) => void;

export const logLine: Log = (level, event, fields = {}) => {
  const particulars = Object.entries(fields).map(([name, value]) => ` ${name}=${quoted(String(value))}`);
  process.stdout.write(`${new Date().toISOString()} ${level} ${event}${particulars.join("")}\n`);
};

const quoted = (text: string) => (/^[\w.:/@+-]+$/.test(text) ? text : JSON.stringify(text));
