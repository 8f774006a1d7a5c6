import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { ErrandAnswer, errands } from "./errand-process.ts";
import { StackError } from "./errors.ts";
import { places } from "./places.ts";

/** How long the process may take to end. */
const MAY_END_MS = 10_000;

type Errands = typeof errands;
type Name = keyof Errands;
type Result<N extends Name> = Awaited<ReturnType<Errands[N]>>;

/** Runs one step. @throws StackError with the step's own line when it fails. */
export type RunErrand = <N extends Name>(name: N, input: Parameters<Errands[N]>[0]) => Promise<Result<N>>;

/**
 * Runs steps of a start, one after another, in one process beside this one. The bundler and the migrator need several times the
 * supervisor's memory, which the supervisor would otherwise keep as long as it runs.
 */
export async function withErrands<T>(work: (run: RunErrand) => Promise<T>): Promise<T> {
  const child = spawn(process.execPath, [places.errands], { stdio: ["pipe", "pipe", "inherit"] });
  child.stdin.on("error", () => {});
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  try {
    return await work((async (name, input) => {
      // Passed by standard input, because other users can read command lines.
      child.stdin.write(`${JSON.stringify({ name, input })}\n`);
      return resultOf(name, await answers.next());
    }) as RunErrand);
  } finally {
    child.stdin.end();
    // It ends by itself. A process that does not, because one of its threads waits for another, is of no use to anybody.
    setTimeout(() => child.kill("SIGKILL"), MAY_END_MS).unref();
    child.unref();
  }
}

function resultOf(name: Name, { value }: IteratorResult<string, unknown>): unknown {
  let answer: ErrandAnswer;
  try {
    answer = JSON.parse(String(value)) as ErrandAnswer;
  } catch {
    throw new StackError(
      `The start failed in its step "${name}", which ended without an answer; start again`,
    );
  }
  if ("problem" in answer) throw new StackError(answer.problem);
  return answer.result;
}
