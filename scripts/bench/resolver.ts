import type { RegistryPlugin, ResolveRequest } from "../../functions/plugins/resolver/solver/registry.ts";
import { resolve } from "../../functions/plugins/resolver/solver/resolve.ts";
import { startBenchStack } from "./bench-stack.ts";
import type { Bench } from "./bench-stack.ts";
import { atMost, median, short } from "./figure.ts";
import type { Figure } from "./figure.ts";
import { treeCpuSeconds } from "./process-tree.ts";
import { makeRegistry, makeTrap, pluginName, PLUGINS } from "./resolver-registry.ts";
import { seedRegistry } from "./seed-registry.ts";

const MOST_MS = 50;
const INSTALLED = 50;
const ROUNDS = 9;
/** Whole requests in one round. */
const REQUESTS = 20;

type Case = { what: string; registry: Map<string, RegistryPlugin>; request: ResolveRequest };

/**
 * The resolver on 2,000 plugins with 10,000 versions: CPU time of an answer, from easy cases to hard ones, and of a whole
 * request.
 */
export async function measureResolver(bench: Bench): Promise<Figure[]> {
  const usual = makeRegistry({ needs: 3, loose: 1, deprecated: 0.1 });
  const wanted = (count: number, of = 37) =>
    Array.from(
      { length: count },
      (_, index) => [pluginName(PLUGINS - 1 - ((index * of) % PLUGINS)), "*"] as const,
    );
  const request = requestOf(new Map(wanted(INSTALLED)));
  const cases: Case[] = [
    { what: "without dependencies", registry: makeRegistry({ needs: 0, loose: 1, deprecated: 0 }), request },
    { what: "a usual registry", registry: usual, request },
    {
      what: "half of it deprecated",
      registry: makeRegistry({ needs: 2, loose: 1, deprecated: 0.5 }),
      request,
    },
    { what: "ranges at odds", registry: makeRegistry({ needs: 3, loose: 0.4, deprecated: 0.1 }), request },
    {
      what: "beside 200 installed plugins",
      registry: makeRegistry({ needs: 1, loose: 0.8, deprecated: 0.1 }),
      request: { ...request, installed: new Map(wanted(200, 7).map(([name]) => [name, "1.1.0"])) },
    },
  ];
  bench.say(`resolver: ${cases.length} registries, ${ROUNDS} rounds each`);
  const figures = cases.map(({ what, ...one }) => {
    const { rounds, outcome } = measure(one);
    return atMost(MOST_MS, "ms", `resolver, CPU, ${INSTALLED} plugins: ${what}`, rounds, [outcome]);
  });
  const told = [
    { what: "ranges all at odds", registry: makeRegistry({ needs: 4, loose: 0, deprecated: 0.1 }), request },
    {
      what: "a conflict, explained",
      registry: makeRegistry({ needs: 5, loose: 0, deprecated: 0.1 }),
      request,
    },
    { what: "refused at the bound", ...trapped(14) },
  ].map(({ what, ...one }): Figure => {
    const { rounds, outcome } = measure(one);
    return { what: `resolver, CPU: ${what}`, unit: "ms", rounds, notes: [outcome] };
  });
  return [...figures, ...told, await measureRequest(bench, usual, request)];
}

function requestOf(install: Map<string, string>): ResolveRequest {
  return { install, installed: new Map(), engines: new Map([["MicroDock", "2.0.0"]]), integrity: new Map() };
}

function trapped(size: number): Omit<Case, "what"> {
  const { registry, names } = makeTrap(size);
  return { registry, request: requestOf(new Map(names.map((name) => [name, "*"]))) };
}

/** Milliseconds of CPU of one answer in each round, after one round that is not counted. */
function measure({ registry, request }: Omit<Case, "what">): { rounds: number[]; outcome: string } {
  const rounds: number[] = [];
  let outcome = "";
  let first = 0;
  for (let round = -1; round < ROUNDS; round++) {
    const before = process.cpuUsage();
    outcome = outcomeOf(registry, request);
    const { user, system } = process.cpuUsage(before);
    if (round < 0) first = (user + system) / 1000;
    else rounds.push((user + system) / 1000);
  }
  return { rounds, outcome: `${outcome}; the first time ${short(first)} ms` };
}

function outcomeOf(registry: Map<string, RegistryPlugin>, request: ResolveRequest): string {
  const resolution = resolve(registry, request);
  if ("exceeded" in resolution) return `refused: more than ${resolution.limit} ${resolution.exceeded}`;
  if ("conflict" in resolution) return `a conflict of ${resolution.conflict.length} reasons`;
  const deprecated = resolution.plan.filter(({ published }) => published?.isDeprecated).length;
  return `a set of ${resolution.plan.length} plugins, ${deprecated} of them deprecated`;
}

/**
 * CPU time of the Worker for a whole request, in which it also reads the registry from the database and writes the answer.
 */
async function measureRequest(
  bench: Bench,
  registry: Map<string, RegistryPlugin>,
  { install, engines }: ResolveRequest,
): Promise<Figure> {
  const stack = await startBenchStack(bench, "slipway");
  try {
    bench.say("resolver: writing 10,000 versions");
    await seedRegistry(stack, registry);
    const body = JSON.stringify({
      install: Object.fromEntries(install),
      engines: Object.fromEntries(engines),
    });
    const headers = { "content-type": "application/json" };
    const pid = stack.pids().workerd ?? 0;
    const [rounds, times]: [number[], number[]] = [[], []];
    for (let round = -1; round < ROUNDS; round++) {
      const before = treeCpuSeconds([pid]);
      for (let count = 0; count < REQUESTS; count++) {
        const startedAt = performance.now();
        const answer = await fetch(`${stack.url}/api/plugins/resolve`, { method: "POST", headers, body });
        const text = await answer.text();
        if (answer.status !== 200) throw new Error(`resolving: ${answer.status} ${text.slice(0, 500)}`);
        if (round >= 0) times.push(performance.now() - startedAt);
      }
      if (round >= 0) rounds.push(((treeCpuSeconds([pid]) - before) / REQUESTS) * 1000);
    }
    const note = `${short(median(times))} ms from request to answer, the database included`;
    return { what: "resolver, whole request: CPU of the Worker", unit: "ms", rounds, notes: [note] };
  } finally {
    await stack.stop();
  }
}
