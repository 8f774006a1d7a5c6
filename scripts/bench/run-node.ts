import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { onCore } from "./cores.ts";

/** A script that runs longer is ended: none takes this long. */
const LONGEST_MS = 15 * 60_000;

/** Runs a script to its end with this Node, on the generator's core. Rejects with its output when it fails. */
export async function runNode(
  args: string[],
  options: { env?: Record<string, string>; input?: string } = {},
): Promise<{ seconds: number; output: string }> {
  const startedAt = performance.now();
  const env = { PATH: process.env.PATH, ...options.env };
  const [program, ...rest] = onCore("generator", [process.execPath, ...args]);
  const child = spawn(program, rest, { env, stdio: "pipe", timeout: LONGEST_MS, killSignal: "SIGKILL" });
  child.stdin.on("error", () => {}).end(options.input);
  const said = Promise.all([text(child.stdout), text(child.stderr)]);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject).once("exit", resolve);
  });
  const seconds = (performance.now() - startedAt) / 1000;
  const [output, complaint] = await said;
  if (code !== 0) throw new Error(`${args[0]} ended with ${code}: ${output}${complaint}`.trim());
  return { seconds, output };
}
