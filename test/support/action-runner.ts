import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "yaml";

type Step = { id?: string; shell: string; run: string; env?: Record<string, string> };
type Action = {
  inputs: Record<string, { required?: boolean; default?: string }>;
  outputs: Record<string, { value: string }>;
  runs: { using: string; steps: Step[] };
};

export type ActionRun = {
  code: number | null;
  log: string;
  outputs: Record<string, string>;
  summary: string;
};

/**
 * Runs a composite action as GitHub's runner does, as far as this project's needs it: inputs and outputs of steps in
 * `${{ ... }}`, each step in bash with files for its outputs and its summary.
 */
export async function runAction(
  folder: string,
  given: Record<string, string>,
  place: { cwd: string; env: NodeJS.ProcessEnv },
): Promise<ActionRun> {
  const action = parse(await readFile(join(folder, "action.yml"), "utf8")) as Action;
  if (action.runs.using !== "composite") throw new Error("only composite actions are known here");
  const unknown = Object.keys(given).filter((name) => !(name in action.inputs));
  if (unknown.length > 0) throw new Error(`the action has no inputs ${unknown.join(", ")}`);
  const values = new Map<string, string>();
  for (const [name, { default: initial = "" }] of Object.entries(action.inputs)) {
    values.set(`inputs.${name}`, given[name] ?? initial);
  }
  const filled = (text: string) =>
    text.replaceAll(/\$\{\{\s*([\w.-]+)\s*\}\}/g, (_all, name: string) => values.get(name) ?? "");
  const files = { output: join(place.cwd, "github-output"), summary: join(place.cwd, "github-summary") };
  await writeFile(files.summary, "");
  const run: ActionRun = { code: 0, log: "", outputs: {}, summary: "" };
  for (const step of action.runs.steps) {
    await writeFile(files.output, "");
    const own = Object.entries(step.env ?? {}).map(([name, value]) => [name, filled(value)] as const);
    const child = spawn(step.shell, ["--noprofile", "--norc", "-eo", "pipefail", "-c", filled(step.run)], {
      cwd: place.cwd,
      env: {
        ...place.env,
        ...Object.fromEntries(own),
        GITHUB_ACTION_PATH: folder,
        GITHUB_OUTPUT: files.output,
        GITHUB_STEP_SUMMARY: files.summary,
      },
      stdio: ["ignore", "pipe", "pipe"],
    });
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => (run.log += text));
    }
    await once(child, "close");
    run.code = child.exitCode;
    const said = (await readFile(files.output, "utf8")).matchAll(/^([\w-]+)<<(.+)\n([^]*?)\n\2$/gm);
    for (const [, name, , value] of said) values.set(`steps.${step.id}.outputs.${name}`, value ?? "");
    if (run.code !== 0) break;
  }
  for (const [name, { value }] of Object.entries(action.outputs)) run.outputs[name] = filled(value);
  run.summary = await readFile(files.summary, "utf8");
  return run;
}
