import { spawn } from "node:child_process";
import type { Readable } from "node:stream";
import type { ErrandAnswer, errands } from "./errand-process.ts";
import { StackError } from "./errors.ts";
import { places } from "./places.ts";

/** How long a process that has answered may take to end. */
const MAY_END_MS = 10_000;

type Errands = typeof errands;
type Result<Name extends keyof Errands> = Awaited<ReturnType<Errands[Name]>>;

/**
 * Runs one step of a start in a process of its own. The bundler and the migrator need several times the supervisor's memory,
 * which the supervisor would otherwise keep as long as it runs.
 * @throws StackError with the step's own line when it fails
 */
export async function runErrand<Name extends keyof Errands>(
  name: Name,
  input: Parameters<Errands[Name]>[0],
): Promise<Result<Name>> {
  const child = spawn(process.execPath, [places.errands, name], { stdio: ["pipe", "pipe", "inherit"] });
  // Passed by standard input, because other users can read command lines.
  child.stdin.on("error", () => {}).end(JSON.stringify(input ?? null));
  const said = await firstLine(child.stdout);
  // It ends by itself. A process that does not, because one of its threads waits for another, is of no use to anybody.
  setTimeout(() => child.kill("SIGKILL"), MAY_END_MS).unref();
  child.unref();
  let answer: ErrandAnswer;
  try {
    answer = JSON.parse(said) as ErrandAnswer;
  } catch {
    throw new StackError(
      `The start failed in its step "${name}", which ended without an answer; start again`,
    );
  }
  if ("problem" in answer) throw new StackError(answer.problem);
  return answer.result as Result<Name>;
}

/** The first line of a stream, or all of one that ends before its line does. */
async function firstLine(stream: Readable): Promise<string> {
  let said = "";
  for await (const chunk of stream.setEncoding("utf8")) {
    said += String(chunk);
    const end = said.indexOf("\n");
    if (end !== -1) return said.slice(0, end);
  }
  return said;
}
