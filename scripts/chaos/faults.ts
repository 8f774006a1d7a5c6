import { signal } from "../stack/processes.ts";
import { ask } from "./request.ts";
import type { Server } from "./server.ts";
import { count, pause, violation } from "./world.ts";
import type { World } from "./world.ts";

/** Time to recover by itself; what takes longer counts as not recovered. */
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
      const code = await server.signal("SIGTERM");
      if (code !== 0) violation(world, `a graceful stop ended with ${code}`);
      await server.start();
    },
  },
  { name: "SIGKILL sqld", run: (_world, server) => send(server, "sqld", "SIGKILL") },
  { name: "SIGKILL workerd", run: (_world, server) => send(server, "workerd", "SIGKILL") },
  {
    name: "SIGSTOP sqld for some seconds",
    async run(world, server) {
      await send(server, "sqld", "SIGSTOP");
      await pause(2000 + world.random() * 8000);
      await send(server, "sqld", "SIGCONT");
    },
  },
];

/** Breaks something every few seconds until the run is over; each fault at least once before any repeats. */
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

async function recover(world: World, server: Server, after: string): Promise<void> {
  const startedAt = performance.now();
  while (performance.now() - startedAt < RECOVERY_MS) {
    const health = await ask(`${world.url}/health`);
    if (health?.status === 200 && health.body.status === "healthy") {
      return world.say(`  healthy again after ${Math.round(performance.now() - startedAt)} ms`);
    }
    await pause(100);
  }
  violation(world, `not healthy ${RECOVERY_MS / 1000} s after: ${after}`);
  await server.signal("SIGKILL");
  await server.start();
}

async function send(server: Server, part: "sqld" | "workerd", name: NodeJS.Signals): Promise<void> {
  const pid = server.pidOf(part);
  if (pid !== null) signal(pid, name);
}

function shuffled<T>(items: T[], random: () => number): T[] {
  return items
    .map((item) => ({ item, order: random() }))
    .toSorted((a, b) => a.order - b.order)
    .map(({ item }) => item);
}
