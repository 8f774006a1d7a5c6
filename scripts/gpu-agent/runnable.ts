import { accessSync, closeSync, constants, openSync, readSync, statSync } from "node:fs";
import { delimiter, resolve } from "node:path";
import { AgentError, type AgentConfig, type Command } from "./config.ts";
import type { Log } from "./log.ts";

/** Where systems look for programs that have no PATH. */
const USUAL_PATH = "/usr/local/bin:/usr/bin:/bin";
/** As much of a script's first line as systems read. */
const FIRST_LINE_BYTES = 256;

/**
 * The task types whose commands can be started here; says which cannot, and why.
 * @throws AgentError where there is none
 */
export function runnableTypes({ commands }: AgentConfig, log: Log): string[] {
  const types = Object.keys(commands);
  if (types.length === 0)
    throw new AgentError("commands: the config file names none; add one for each task type to be run");
  const faults = new Map<string, string>();
  for (const [type, command] of Object.entries(commands)) {
    const why = faultOf(command);
    if (why !== undefined) faults.set(type, why);
  }
  if (faults.size === types.length) {
    const all = Array.from(faults, ([type, why]) => `${type}: ${why}`).join("; ");
    throw new AgentError(
      `commands: none of them can be started; mend the config file or the machine: ${all}`,
    );
  }
  for (const [type, why] of faults)
    log("error", "command cannot be started: its tasks go to other agents", { type, why });
  return types.filter((type) => !faults.has(type));
}

/** Why a command cannot be started, in a few words; undefined where it can, as far as can be seen. */
function faultOf({ run: [program = ""], cwd, env }: Command): string | undefined {
  // Programs are found otherwise there.
  if (process.platform === "win32") return undefined;
  if (cwd !== undefined && !isFolder(cwd)) return `its cwd ${cwd} is no folder`;
  if (program.startsWith("/")) return faultOfFile(program);
  const from = cwd ?? "";
  if (program.includes("/"))
    return cwd === undefined
      ? `${program} would be looked for in the task's own folder; name it by its full path`
      : faultOfFile(resolve(from, program));

  const path = env["PATH"] ?? process.env["PATH"] ?? USUAL_PATH;
  const candidates = path.split(delimiter).map((folder) => resolve(from, folder, program));
  const found = candidates.map((file) => ({ file, fault: faultOfFile(file) }));
  if (found.some(({ fault }) => fault === undefined)) return undefined;
  const present = found.find(({ file }) => isFile(file));
  return present?.fault ?? `${program} is not in PATH; install it, or name it by its full path`;
}

function faultOfFile(path: string): string | undefined {
  if (isFolder(path)) return `${path} is a folder`;
  if (!isFile(path)) return `${path} is not there`;
  try {
    accessSync(path, constants.X_OK);
  } catch {
    return `${path} may not be executed by this user`;
  }
  const interpreter = interpreterOf(path);
  if (interpreter === undefined || isFile(interpreter)) return undefined;
  return `${path} wants to be run by ${interpreter}, which is not there`;
}

/** What a script names in its first line. */
function interpreterOf(path: string): string | undefined {
  try {
    const file = openSync(path, "r");
    try {
      const buffer = Buffer.alloc(FIRST_LINE_BYTES);
      const text = buffer.toString("latin1", 0, readSync(file, buffer));
      return /^#![ \t]*(\/[^ \t\n]*)/.exec(text)?.[1];
    } finally {
      closeSync(file);
    }
  } catch {
    // What may be executed need not be readable.
    return undefined;
  }
}

const isFolder = (path: string) => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
const isFile = (path: string) => statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
