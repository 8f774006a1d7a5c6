import {
  appendFileSync,
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { assignmentSchema, type Assignment, type SentEvent } from "./protocol.ts";

/** Processes that are being ended may write for another moment. */
const REMOVAL = { recursive: true, force: true, maxRetries: 5 } as const;

/** What tells a process that was started from a later one with the same id. */
export type ProcessMark = { pid: number; started: string | null; starts: number };

/**
 * The folder of one attempt: its assignment, its process, its events until they are acknowledged, and the command's input
 * and output files. All of it outlives the agent.
 */
export type AttemptFolder = {
  path: string;
  input: string;
  output: string;
  assignment: Assignment;
  /** Appends an event; `durable` ones are on the disk when this returns. */
  append: (event: SentEvent, durable: boolean) => void;
  /** The events written so far. */
  events: () => SentEvent[];
  markProcess: (mark: ProcessMark) => void;
  processMark: () => ProcessMark | undefined;
  /** Undoes the last start of the command, which the agent itself ended. */
  forgiveStart: () => void;
  /** Notes on the disk that the command has succeeded: from then on it is not started again, whatever happens. */
  keepResult: (result: Record<string, unknown>) => void;
  result: () => Record<string, unknown> | undefined;
  /** Empties input and output for a command that starts afresh. */
  clearFiles: () => Promise<void>;
  remove: () => Promise<void>;
};

export function createAttemptFolder(workDir: string, assignment: Assignment): AttemptFolder {
  const path = join(workDir, "tasks", `${assignment.task_id}.${assignment.attempt}`);
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    writeDurably(join(path, "assignment.json"), JSON.stringify(assignment));
  } catch (error) {
    rmSync(path, { recursive: true, force: true });
    throw error;
  }
  return open(path, assignment);
}

/** The folders of attempts that an earlier run of the agent left. A folder that cannot be read is removed. */
export function findAttemptFolders(workDir: string): AttemptFolder[] {
  const tasks = join(workDir, "tasks");
  mkdirSync(tasks, { recursive: true, mode: 0o700 });
  return readdirSync(tasks).flatMap((name) => {
    const path = join(tasks, name);
    const assignment = assignmentSchema.safeParse(readJson(join(path, "assignment.json")));
    if (assignment.success) return [open(path, assignment.data)];
    rmSync(path, { recursive: true, force: true });
    return [];
  });
}

function open(path: string, assignment: Assignment): AttemptFolder {
  const at = (name: string) => join(path, name);
  const [input, output, events] = [at("input"), at("output"), at("events.jsonl")];
  const [mark, result] = [at("process.json"), at("result.json")];
  const markProcess = (value: ProcessMark) => writeDurably(mark, JSON.stringify(value));
  const processMark = () => readJson(mark) as ProcessMark | undefined;
  return {
    path,
    input,
    output,
    assignment,
    append(event, durable) {
      const line = `${JSON.stringify(event)}\n`;
      if (durable) writeDurably(events, line, "a");
      else appendFileSync(events, line);
    },
    events: () => readLines(events),
    markProcess,
    processMark,
    forgiveStart() {
      const known = processMark();
      if (known) markProcess({ pid: 0, started: null, starts: Math.max(0, known.starts - 1) });
    },
    keepResult: (value) => writeDurably(result, JSON.stringify(value)),
    result: () => readJson(result) as Record<string, unknown> | undefined,
    async clearFiles() {
      for (const folder of [input, output]) {
        await rm(folder, REMOVAL);
        mkdirSync(folder, { mode: 0o700 });
      }
    },
    remove: () => rm(path, REMOVAL),
  };
}

function writeDurably(path: string, text: string, flags = "w"): void {
  const file = openSync(path, flags, 0o600);
  try {
    writeFileSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return undefined;
  }
}

/** Leaves out a line that was cut off by a crash. */
function readLines(path: string): SentEvent[] {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch {
    return [];
  }
  return text.split("\n").flatMap((line) => {
    try {
      return line === "" ? [] : [JSON.parse(line) as SentEvent];
    } catch {
      return [];
    }
  });
}
