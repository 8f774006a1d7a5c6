import { existsSync } from "node:fs";
import { isAlive } from "../process/processes.ts";
import { keepBusy } from "./busy-load.ts";
import type { BusyLoad } from "./busy-load.ts";
import { uniqueContent } from "./content.ts";
import { serves } from "./faults.ts";
import { checkPublications, checkTotals } from "./invariants.ts";
import { publishOneForm } from "./publishers.ts";
import type { Scenario } from "./scenario.ts";
import { parts, signalPart } from "./server.ts";
import type { Server } from "./server.ts";
import { count, pause, violation } from "./world.ts";
import type { Publication, PublishingWorld } from "./world.ts";

const UNLIMITED = "1000000000";
/** The longest time from a start, or from the death of a server, to the first answer. */
const ANSWER_MS = 20_000;
/** How long answers are watched after a fault or a start, whose first jobs run five seconds later. */
const WATCHED_MS = 8000;
const SILENCE_MS = 4000;
const STOP_MS = 20_000;
const LEAST_UNREAD = 5000;
const UNREAD_MS = 60_000;
const LOOK_MS = 50;
/** The share of starts that end by SIGKILL to the whole stack. */
const KILLED = 0.25;
const FEW_BYTES = 2000;

/** A stack that always has clients: they ask from the first second of each start, and still while it stops. */
export function busy(): Scenario {
  const apiKey = "chaos-busy-key-0123456789";
  const publications: Publication[] = [];

  return {
    settings: { API_KEY: apiKey, QUERIES_PER_MINUTE: UNLIMITED, UPLOADS_PER_HOUR: UNLIMITED },
    startsItself: true,

    async underFaults(shared, server, { starts }) {
      const world: PublishingWorld = { ...shared, apiKey, publications };
      const load = keepBusy(world, () => publications.some((one) => one.state === "published"));
      try {
        for (let start = 1; start <= starts; start++) {
          world.say(`start ${start} of ${starts}`);
          await Promise.all([server.start(), liveThrough(world, server, load, "the start")]);
          if (start === 1) await publishOneForm(world, "1.0.0", uniqueContent(FEW_BYTES));
          await stayAlive(world, load, "a start");
          if (world.random() < 0.5) await killOne(world, server, load);
          if (world.random() < KILLED) await killAll(world, server);
          else await stop(world, server, load);
        }
        await runUnread(world, server, load);
        await server.start();
      } finally {
        await load.stop();
      }
    },

    async afterwards(shared, stack, behind) {
      const world: PublishingWorld = { ...shared, apiKey, publications };
      await checkPublications(world);
      await checkTotals(world, stack, behind);
    },
  };
}

/** Waits for the first answer after what `what` names. */
async function liveThrough(
  world: PublishingWorld,
  server: Server,
  load: BusyLoad,
  what: string,
): Promise<void> {
  const [before, startedAt] = [load.answers(), performance.now()];
  while (load.answers() === before) {
    if (performance.now() - startedAt > ANSWER_MS) {
      const there = server.processes().length;
      return violation(
        world,
        `nobody was answered in the ${ANSWER_MS / 1000} s after ${what} (${there} processes)`,
      );
    }
    await pause(LOOK_MS);
  }
  world.say(`  answers ${Math.round(performance.now() - startedAt)} ms after ${what}`);
}

/** Watches for some seconds whether answers go on coming without a gap. */
async function stayAlive(world: PublishingWorld, load: BusyLoad, after: string): Promise<void> {
  const [before, startedAt] = [load.answers(), performance.now()];
  let longest = 0;
  while (performance.now() - startedAt < WATCHED_MS) {
    // A silence that began before the watching does not count: it belongs to the start or the fault.
    longest = Math.max(longest, Math.min(load.silence(), performance.now() - startedAt));
    await pause(LOOK_MS);
  }
  const gap = Math.round(longest);
  if (gap > SILENCE_MS)
    violation(world, `nobody was answered for ${gap} ms in the first seconds after ${after}`);
  world.say(`  ${load.answers() - before} answers in ${WATCHED_MS / 1000} s, longest gap ${gap} ms`);
}

async function killOne(world: PublishingWorld, server: Server, load: BusyLoad): Promise<void> {
  const part = parts[Math.floor(world.random() * parts.length)] ?? "workerd";
  count(world, `fault: SIGKILL ${part}`);
  signalPart(server, part, "SIGKILL");
  // By then the answers that were sent before the fault have been read.
  await pause(LOOK_MS);
  await liveThrough(world, server, load, `SIGKILL ${part}`);
  const startedAt = performance.now();
  while (!(await serves(world)) && performance.now() - startedAt < ANSWER_MS) await pause(LOOK_MS);
  const took = Math.round(performance.now() - startedAt);
  if (took > ANSWER_MS) violation(world, `not healthy ${took} ms after SIGKILL ${part}`);
  world.say(`  all of it serves again after ${took} ms`);
  await stayAlive(world, load, `SIGKILL ${part}`);
}

/** Returns when the supervisor is dead. The next start then begins while the servers of this one are still being ended. */
async function killAll(world: PublishingWorld, server: Server): Promise<void> {
  count(world, "fault: SIGKILL the whole stack");
  world.say("  SIGKILL the whole stack");
  await server.signal("SIGKILL");
}

/** Stops the stack under full load, and checks that it ends in time, with exit code 0, and leaves nothing behind. */
async function stop(world: PublishingWorld, server: Server, load: BusyLoad): Promise<void> {
  const processes = server.processes();
  const startedAt = performance.now();
  const code = await server.signal("SIGTERM", STOP_MS);
  const took = Math.round(performance.now() - startedAt);
  if (code !== 0) {
    violation(world, `a graceful stop ended with ${code} after ${took} ms, ${load.answers()} answers`);
    await server.signal("SIGKILL");
  }
  world.say(`  stopped in ${took} ms`);
  count(world, "graceful stops");
  // The guard ends shortly after its stack.
  for (let waited = 0; processes.some(isAlive) && waited < STOP_MS; waited += LOOK_MS) await pause(LOOK_MS);
  for (const pid of processes.filter(isAlive)) violation(world, `process ${pid} outlives its stack`);
  if (existsSync(server.runFolder)) violation(world, "a stopped stack leaves its run folder behind");
}

/**
 * Runs the stack with a pipe for output that nobody reads, as behind a pager. The server must go on answering and must
 * stop.
 */
async function runUnread(world: PublishingWorld, server: Server, load: BusyLoad): Promise<void> {
  world.say("a start whose output is a pipe that nobody reads");
  server.startUnread();
  await liveThrough(world, server, load, "a start without a reader");
  const [before, startedAt] = [load.answers(), performance.now()];
  while (load.answers() - before < LEAST_UNREAD && performance.now() - startedAt < UNREAD_MS)
    await pause(LOOK_MS);
  const answered = load.answers() - before;
  world.say(`  ${answered} answers in ${Math.round(performance.now() - startedAt)} ms`);
  if (answered < LEAST_UNREAD)
    violation(world, `${answered} answers without a reader of the output, then no more`);
  await stayAlive(world, load, `${answered} answers that nobody's log took`);
  await stop(world, server, load);
}
