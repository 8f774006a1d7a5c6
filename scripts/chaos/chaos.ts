import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { nameOf, processesNaming } from "../bench/process-tree.ts";
import { reason } from "../stack/errors.ts";
import { freePort, isAlive, signal } from "../process/processes.ts";
import { startStack } from "../stack/stack.ts";
import { lookBehind } from "./aftermath.ts";
import { busy } from "./busy.ts";
import { farm } from "./farm.ts";
import { publishing } from "./publishing.ts";
import { rollouts } from "./rollouts/rollouts.ts";
import type { Scenario } from "./scenario.ts";
import { createServer, parts } from "./server.ts";
import type { Server } from "./server.ts";
import { seededRandom, violation } from "./world.ts";
import type { World } from "./world.ts";

const scenarios: Record<string, () => Scenario> = { publishing, farm, rollouts, busy };

const USAGE = `npm run chaos -- [--only NAME]... [--minutes N] [--starts N] [--seed N] [--keep]
A real stack in use while its processes are killed and stopped; then the invariants. Exit 1 on a violation.
NAME: publishing (publishers, downloaders, version checks), farm (300 tasks over 30 unruly agents) or rollouts (devices by
whose signals rollouts steer themselves, and a webhook) for N minutes (2) each,
busy (N starts (20) under full load from before the first second, kills and graceful stops between). Each in turn, on a stack
of its own. --keep leaves its data and its log where they are.
`;

const flags = readFlags();
let violations = 0;
for (const name of Object.keys(scenarios).filter((one) => flags.only.includes(one))) {
  const scenario = scenarios[name]?.();
  if (scenario) violations += await play(name, scenario);
}
process.exit(violations === 0 ? 0 : 1);

/** Plays one scenario, reports it, and returns the number of violations. */
async function play(name: string, scenario: Scenario): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), "slipway-chaos-"));
  const startedAt = Date.now();
  const over = new AbortController();
  const port = await freePort();
  const settings = { ...scenario.settings, PORT: String(port) };
  const dataDir = join(folder, "data");
  const world: World = {
    url: `http://127.0.0.1:${port}`,
    counts: new Map(),
    violations: [],
    over: over.signal,
    end: () => over.abort(),
    random: seededRandom(flags.seed),
    say: (text) =>
      process.stdout.write(`${((Date.now() - startedAt) / 1000).toFixed(1).padStart(6)} s  ${text}\n`),
  };
  const server = createServer(settings, dataDir, join(folder, "stack.log"));
  try {
    world.say(
      `${name}: ${world.url}, ${scenario.startsItself ? `${flags.starts} starts` : `${flags.minutes} minutes`}, seed ${flags.seed}`,
    );
    if (!scenario.startsItself) await server.start();
    await scenario.underFaults(world, server, flags);
    await afterwards(world, scenario, server, { ...settings, DATA_DIR: dataDir });
  } catch (error) {
    violation(world, reason(error));
  } finally {
    world.end();
    await server.signal("SIGKILL");
    if (!flags.keep) await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
  report(name, world);
  if (flags.keep) process.stdout.write(`Data and log: ${folder}\n`);
  return world.violations.length;
}

async function afterwards(
  world: World,
  scenario: Scenario,
  server: Server,
  settings: Record<string, string>,
): Promise<void> {
  world.say("Quiet. A graceful stop, a last start, the jobs, the invariants");
  const servers = parts.map(server.pidOf).filter((pid) => pid !== null);
  const code = await server.signal("SIGTERM");
  if (code !== 0) violation(world, `the last graceful stop ended with ${code}`);
  for (const pid of servers.filter(isAlive)) violation(world, `process ${pid} outlives its stack`);
  // Processes of starts that were killed are looked for, too: none may be left.
  for (const pid of processesNaming(settings.DATA_DIR ?? "")) {
    violation(world, `process ${pid} (${nameOf(pid)}) is left over from one of the starts`);
    signal(pid, "SIGKILL");
  }

  const stack = await startStack(settings, { cron: false, onLog: () => {} });
  try {
    const behind = lookBehind(stack);
    try {
      await scenario.afterwards(world, stack, behind);
    } finally {
      behind.close();
    }
  } finally {
    await stack.stop();
  }
}

function report(name: string, world: World): void {
  for (const [what, times] of [...world.counts].toSorted(([a], [b]) => a.localeCompare(b)))
    process.stdout.write(`${String(times).padStart(7)}  ${what}\n`);
  process.stdout.write(
    world.violations.length === 0
      ? `${name}: no violation (seed ${flags.seed})\n`
      : `${name}: ${world.violations.length} violations (seed ${flags.seed}):\n${world.violations.map((one) => `  ${one}\n`).join("")}`,
  );
}

type Flags = { only: string[]; minutes: number; starts: number; seed: number; keep: boolean };

function readFlags(): Flags {
  try {
    const { values } = parseArgs({
      options: {
        only: { type: "string", multiple: true },
        minutes: { type: "string" },
        starts: { type: "string" },
        seed: { type: "string" },
        keep: { type: "boolean" },
      },
    });
    const only = values.only ?? Object.keys(scenarios);
    const unknown = only.filter((name) => !Object.hasOwn(scenarios, name));
    if (unknown.length > 0) throw new Error(`unknown: ${unknown.join(", ")}`);
    const minutes = Number(values.minutes ?? 2);
    const seed = Number(values.seed ?? Math.floor(Math.random() * 1e9));
    const starts = Number(values.starts ?? 20);
    if (!(minutes > 0) || !Number.isInteger(seed) || !(starts >= 1))
      throw new Error("--minutes, --starts and --seed take numbers");
    return { only, minutes, starts, seed, keep: values.keep ?? false };
  } catch (error) {
    process.stderr.write(`${reason(error)}\n${USAGE}`);
    process.exit(2);
  }
}
