import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { reason } from "../stack/errors.ts";
import { freePort, isAlive } from "../stack/processes.ts";
import { startStack } from "../stack/stack.ts";
import { lookBehind } from "./aftermath.ts";
import { LARGE_BYTES } from "./content.ts";
import { breakThings } from "./faults.ts";
import { checkLeftovers, checkPublications, checkTotals } from "./invariants.ts";
import { publishForms, publishSigned } from "./publishers.ts";
import { checkInBursts, checkVersions, download } from "./readers.ts";
import { createServer } from "./server.ts";
import { seededRandom, violation } from "./world.ts";
import type { World } from "./world.ts";

const USAGE = `npm run chaos -- [--minutes N] [--seed N] [--keep]
A real stack under publishers, downloaders and version checks while its processes are killed and stopped, for N minutes (2);
then the invariants. --keep leaves the data and the log where they are. Exit 1 on a violation.
`;
const KIB = 1024;
/** Racing publishers go for the same version within this time. */
const RACE_MS = 2500;
const UNLIMITED = "1000000000";

const flags = readFlags();
const folder = await mkdtemp(join(tmpdir(), "slipway-chaos-"));
const startedAt = Date.now();
const over = new AbortController();
const port = await freePort();
const settings = {
  PORT: String(port),
  POLL_INTERVAL_SECONDS: "2",
  QUERIES_PER_MINUTE: UNLIMITED,
  UPLOADS_PER_HOUR: UNLIMITED,
  API_KEY: "chaos-publisher-key-0123456789",
};
const world: World = {
  url: `http://127.0.0.1:${port}`,
  apiKey: settings.API_KEY,
  publications: [],
  counts: new Map(),
  violations: [],
  over: over.signal,
  random: seededRandom(flags.seed),
  say: (text) =>
    process.stdout.write(`${((Date.now() - startedAt) / 1000).toFixed(1).padStart(6)} s  ${text}\n`),
};
const dataDir = join(folder, "data");
const server = createServer(settings, dataDir, join(folder, "stack.log"));

try {
  await underFaults();
  await afterwards();
} catch (error) {
  violation(world, reason(error));
} finally {
  await server.signal("SIGKILL");
  if (!flags.keep) await rm(folder, { recursive: true, force: true, maxRetries: 5 });
}
for (const [what, times] of [...world.counts].toSorted(([a], [b]) => a.localeCompare(b)))
  process.stdout.write(`${String(times).padStart(7)}  ${what}\n`);
process.stdout.write(
  world.violations.length === 0
    ? `No violation (seed ${flags.seed})\n`
    : `${world.violations.length} violations (seed ${flags.seed}):\n${world.violations.map((one) => `  ${one}\n`).join("")}`,
);
if (flags.keep) process.stdout.write(`Data and log: ${folder}\n`);
process.exit(world.violations.length === 0 ? 0 : 1);

async function underFaults(): Promise<void> {
  world.say(`${world.url}, ${flags.minutes} minutes, seed ${flags.seed}`);
  await server.start();
  const numbered = (major: number) => {
    let number = 0;
    return () => `${major}.0.${number++}`;
  };
  const racing = () => `9.0.${Math.floor((Date.now() - startedAt) / RACE_MS)}`;
  const timer = setTimeout(() => over.abort(), flags.minutes * 60_000);
  await Promise.all([
    publishSigned(world, 3 * KIB, numbered(1), true),
    publishSigned(world, 700 * KIB, numbered(2), true),
    publishSigned(world, LARGE_BYTES, numbered(3), true),
    publishSigned(world, 40 * KIB, racing, false),
    publishSigned(world, 40 * KIB, racing, false),
    publishForms(world, 50 * KIB, numbered(4)),
    publishForms(world, 9000 * KIB, numbered(5)),
    download(world),
    download(world),
    checkVersions(world),
    checkInBursts(world),
    breakThings(world, server),
  ]);
  clearTimeout(timer);
}

async function afterwards(): Promise<void> {
  world.say("Quiet. A graceful stop, a last start, the jobs, the invariants");
  const servers = [server.pidOf("sqld"), server.pidOf("workerd")].filter((pid) => pid !== null);
  const code = await server.signal("SIGTERM");
  if (code !== 0) violation(world, `the last graceful stop ended with ${code}`);
  for (const pid of servers.filter(isAlive)) violation(world, `process ${pid} outlives its stack`);

  const stack = await startStack({ ...settings, DATA_DIR: dataDir }, { cron: false, onLog: () => {} });
  try {
    const behind = lookBehind(stack);
    try {
      await behind.finish();
      await checkPublications(world);
      await checkTotals(world, stack, behind);
      world.say("Time passes in the database: leases, deadlines, grace periods");
      await behind.letTimePass();
      await checkLeftovers(world, behind);
      await checkTotals(world, stack, behind);
      await stack.runCron("17 3 * * *");
      await checkPublications(world);
    } finally {
      behind.close();
    }
  } finally {
    await stack.stop();
  }
}

function readFlags(): { minutes: number; seed: number; keep: boolean } {
  try {
    const { values } = parseArgs({
      options: { minutes: { type: "string" }, seed: { type: "string" }, keep: { type: "boolean" } },
    });
    const minutes = Number(values.minutes ?? 2);
    const seed = Number(values.seed ?? Math.floor(Math.random() * 1e9));
    if (!(minutes > 0) || !Number.isInteger(seed)) throw new Error("--minutes and --seed take numbers");
    return { minutes, seed, keep: values.keep ?? false };
  } catch (error) {
    process.stderr.write(`${reason(error)}\n${USAGE}`);
    process.exit(2);
  }
}
