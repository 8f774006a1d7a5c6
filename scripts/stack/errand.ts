import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import type { ErrandAnswer, errands } from "./errand-process.ts";
import { StackError } from "./errors.ts";
import { places } from "./places.ts";

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
  const said = await text(child.stdout);
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
