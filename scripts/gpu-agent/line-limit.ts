import { shorten } from "../../functions/kit/text.ts";
import type { SentEvent, TaskEvent } from "./protocol.ts";

/** How many lines of an attempt are kept from its beginning, and how many characters in them. */
const MOST_LINES = 10_000;
const MOST_CHARACTERS = 4 * 1024 * 1024;
/** How many are kept from its end, if it prints more. */
const LAST_LINES = 100;
const LAST_CHARACTERS = 500;

type Line = Extract<TaskEvent, { type: "log" }>;

/** Keeps the beginning and the end of what a command prints. */
export type LineLimit = {
  /** The event as it is to be kept now; undefined for a line beyond the limit. */
  admit: (event: TaskEvent) => TaskEvent | undefined;
  /** The last lines beyond the limit, after a note on those that were left out. */
  rest: () => TaskEvent[];
};

/** @param known the events that the attempt has already; they count */
export function createLineLimit(known: readonly SentEvent[]): LineLimit {
  let [lines, characters, beyond] = [0, 0, 0];
  const last: Line[] = [];
  for (const event of known) count(event);

  /** Whether there was room for it. */
  function count(event: TaskEvent): boolean {
    const text = event.type === "log" || event.type === "progress" ? (event.message ?? "") : "";
    if (text === "") return true;
    if (lines >= MOST_LINES || characters >= MOST_CHARACTERS) return false;
    lines++;
    characters += text.length;
    return true;
  }

  return {
    admit(event) {
      if (count(event)) return event;
      if (event.type === "progress") return { type: "progress", progress: event.progress };
      if (event.type !== "log") return event;
      beyond++;
      last.push({ ...event, message: shorten(event.message, LAST_CHARACTERS) });
      if (last.length > LAST_LINES) last.shift();
      return undefined;
    },
    rest() {
      const dropped = beyond - last.length;
      if (dropped === 0) return last;
      return [{ type: "log", level: "WARNING", message: `${dropped} lines are left out here` }, ...last];
    },
  };
}
