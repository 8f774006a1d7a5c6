import { shorten } from "../../kit/text.ts";
import type { Fields, RequestFields } from "./fields.ts";
import type { LogSink } from "./log-sink.ts";

/** Characters of an error's message. */
const MAX_MESSAGE_LENGTH = 300;

const levels = { info: "INFO", warn: "WARNING", error: "ERROR" } as const;
type Level = keyof typeof levels;

export interface Logger {
  /** Writes the line of a request. Every request, however cheap, writes one, so it is made without looking at each field. */
  request(fields: RequestFields): void;
  info(event: string, fields?: Fields): void;
  warn(event: string, fields?: Fields): void;
  error(event: string, fields?: Fields): void;
}

/** Ids that devices chose are kept nowhere as they are. */
const SECRET_NAME =
  /key$|token|secret|password|authorization|signature|credential|cookie|^device_?id$|^stagingid$/i;
const SECRET_TEXT =
  /((?:api_key|\bkey|x-amz-(?:signature|credential|security-token)|token|password)=)[^&\s"']+|\b(Bearer|Basic)\s+[\w.~+/=-]+|\b(?:slw|upt|gpa)_[\w-]{20,}|\beyJ[\w-]+\.[\w-]+\.[\w-]+|\bOWL(?:-[0-9A-Z]{4}){3}\b/gi;

/**
 * Writes one JSON line per event to the console, without API keys, signatures and tokens, wherever they occur. Events,
 * failed requests and requests refused for lack of rights go into `sink` as well.
 */
export function createLogger(write: (line: string) => void = console.log, sink?: LogSink): Logger {
  const line =
    (level: Level) =>
    (event: string, fields: Fields = {}) => {
      const redacted = redact(fields) as Fields;
      write(JSON.stringify({ at: new Date().toISOString(), level, event, ...redacted }));
      sink?.keep(levels[level], event, redacted);
    };
  return {
    info: line("info"),
    warn: line("warn"),
    error: line("error"),
    request: (fields) => {
      const path = fields.status >= 400 ? redactText(fields.path) : fields.path;
      const at = new Date().toISOString();
      write(JSON.stringify({ at, level: "info", event: "request", ...fields, path }));
      if (fields.status >= 400) sink?.keepRefusal({ ...fields, path });
    },
  };
}

/** Replaces what may not be logged: values under secret names, and secrets inside texts such as URLs. */
export function redact(value: unknown, depth = 0): unknown {
  if (typeof value === "string") return redactText(value);
  if (value instanceof Error) return describeError(value);
  if (typeof value !== "object" || value === null) return value;
  if (depth > 4) return "…";
  if (Array.isArray(value)) return value.map((item) => redact(item, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [
      name,
      SECRET_NAME.test(name) && typeof item === "string" ? "[redacted]" : redact(item, depth + 1),
    ]),
  );
}

function redactText(text: string): string {
  return text.replace(SECRET_TEXT, (_match, name: string | undefined, scheme: string | undefined) =>
    name ? `${name}[redacted]` : scheme ? `${scheme} [redacted]` : "[redacted]",
  );
}

function describeError(error: Error): Fields {
  const cause = error.cause instanceof Error ? { cause: describeError(error.cause) } : {};
  return { name: error.name, message: withoutInternals(error.message), in: functionsOf(error), ...cause };
}

/** A database's error message may repeat the statement. drizzle's message is nothing but the statement. */
function withoutInternals(message: string): string {
  if (message.startsWith("Failed query")) return "query failed";
  const told = redactText(message).replace(/(?:file:\/\/)?(?:\/[\w.@-]+){2,}/g, "[path]");
  return shorten(told, MAX_MESSAGE_LENGTH);
}

/** The innermost functions that an error passed through: enough to find its place, without file paths. */
function functionsOf(error: Error): string[] {
  const frames = (error.stack ?? "").matchAll(/^\s+at (?:async )?([\w.$<>]+) \(/gm);
  return Array.from(frames, (frame) => frame[1] ?? "").slice(0, 8);
}
