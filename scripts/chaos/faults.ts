import { BUCKET_PATH } from "../stack/front/paths.ts";
import { ask } from "./request.ts";
import { signalPart } from "./server.ts";
import type { Part, Server } from "./server.ts";
import { count, pause, violation } from "./world.ts";
import type { World } from "./world.ts";

/** The stack has this long to recover by itself. */
const RECOVERY_MS = 30_000;

type Fault = { name: string; run: (world: World, server: Server) => Promise<void> };

const faults: Fault[] = [
  {
    name: "SIGKILL the whole stack, start it again",
    async run(_world, server) {
      await server.signal("SIGKILL");
      await server.start();
    },
  },
  {
    name: "SIGTERM the whole stack, start it again",
    async run(world, server) {
      const startedAt = performance.now();
      const code = await server.signal("SIGTERM");
      world.say(`  stopped in ${Math.round(performance.now() - startedAt)} ms`);
      if (code !== 0) violation(world, `a graceful stop ended with ${code}`);
      await server.start();
    },
  },
  kill("sqld"),
  kill("workerd"),
  kill("bucket"),
  freeze("sqld", 2000, 10_000),
  freeze("bucket", 2000, 8000),
  freeze("workerd", 1000, 2000),
];

/** Breaks something every few seconds until the run is over. Each fault comes once before any comes again. */
export async function breakThings(world: World, server: Server): Promise<void> {
  let queue: Fault[] = [];
  while (!world.over.aborted) {
    await pause(3000 + world.random() * 5000);
    if (queue.length === 0) queue = shuffled(faults, world.random);
    const fault = queue.pop();
    if (!fault || world.over.aborted) return;
    count(world, `fault: ${fault.name}`);
    world.say(fault.name);
    await fault.run(world, server);
    await recover(world, server, fault.name);
  }
}

/** Whether the Worker, the database and the bucket all work. */
export async function serves(world: World): Promise<boolean> {
  const health = await ask(`${world.url}/health`);
  const list = await ask(`${world.url}/api/v1/packages?limit=1`);
  // The bucket refuses a request without a signature, so a refusal shows that it answers.
  const bucket = await ask(`${world.url}${BUCKET_PATH}/packages/any`);
  return health?.body.status === "healthy" && list?.status === 200 && bucket?.status === 403;
}

async function recover(world: World, server: Server, after: string): Promise<void> {
  const startedAt = performance.now();
  while (performance.now() - startedAt < RECOVERY_MS) {
    if (await serves(world)) {
      return world.say(`  healthy again after ${Math.round(performance.now() - startedAt)} ms`);
    }
    await pause(100);
  }
  violation(world, `not healthy ${RECOVERY_MS / 1000} s after: ${after}`);
  await server.signal("SIGKILL");
  await server.start();
}

function kill(part: Part): Fault {
  return { name: `SIGKILL ${part}`, run: async (_world, server) => signalPart(server, part, "SIGKILL") };
}

/** Suspends a part for a while: it is still there and keeps its connections, but says nothing. */
function freeze(part: Part, leastMs: number, mostMs: number): Fault {
  return {
    name: `SIGSTOP ${part} for some seconds`,
    async run(world, server) {
      signalPart(server, part, "SIGSTOP");
      await pause(leastMs + world.random() * (mostMs - leastMs));
      signalPart(server, part, "SIGCONT");
    },
  };
}

function shuffled<T>(items: T[], random: () => number): T[] {
  return items
    .map((item) => ({ item, order: random() }))
    .toSorted((a, b) => a.order - b.order)
    .map(({ item }) => item);
}
