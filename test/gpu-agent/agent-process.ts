import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const program = fileURLToPath(new URL("../../scripts/gpu-agent/agent.ts", import.meta.url));

/** A folder for an agent, with what it needs to run these commands; `remove` takes it away. */
export async function agentFolder(commands: Record<string, unknown>, options: Record<string, unknown> = {}) {
  const folder = await mkdtemp(join(tmpdir(), "slipway-agent-"));
  await writeFile(
    join(folder, "slipway-agent.json"),
    JSON.stringify({ commands, work_dir: join(folder, "work"), ...options }),
  );
  return { folder, remove: () => rm(folder, { recursive: true, force: true, maxRetries: 3 }) };
}

/** Starts the agent as its own process, as operators do. */
export function startAgent(folder: string, args: string[], env: Record<string, string> = {}) {
  const child = spawn(process.execPath, [program, ...args], {
    cwd: folder,
    env: { PATH: process.env.PATH, HOME: folder, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const lines: string[] = [];
  const listeners = new Set<() => void>();
  let rest = "";
  const take = (chunk: Buffer) => {
    const all = (rest + chunk.toString()).split("\n");
    rest = all.pop() ?? "";
    lines.push(...all);
    for (const listener of listeners) listener();
  };
  child.stdout.on("data", take);
  child.stderr.on("data", take);
  const exited = once(child, "exit") as Promise<[number | null, string | null]>;
  return {
    lines,
    exited,
    /** Resolves with the first line that matches. */
    line: (pattern: RegExp) =>
      new Promise<string>((resolve, reject) => {
        const check = () => {
          const found = lines.find((line) => pattern.test(line));
          if (found === undefined) return;
          listeners.delete(check);
          resolve(found);
        };
        listeners.add(check);
        check();
        void exited.then(() =>
          setImmediate(() => reject(new Error(`it ended before ${pattern}: ${lines.join("\n")}`))),
        );
      }),
    async end(signal: NodeJS.Signals) {
      child.kill(signal);
      return exited;
    },
  };
}
