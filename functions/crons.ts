import type { Ctx } from "./core/context.ts";
import { runJob } from "./core/jobs.ts";
import { STOP_JOBS, stopJobs, WRITE_MEMORY } from "./core/stopping.ts";
import { noteTick } from "./core/ticks.ts";
import { surfaces, type Surface } from "./surfaces.ts";

/** A tick that took longer than any tick should may have been suspended. The next tick then finds out for how long. */
const LONGEST_TICK_MS = 2 * 60_000;

/** Writes this isolate's log, runs the jobs of a cron expression in wrangler.toml, and writes what they logged. */
export async function runCron(expression: string, ctx: Ctx): Promise<void> {
  if (expression === STOP_JOBS) return await stopJobs(ctx.deps);
  if (expression === WRITE_MEMORY) return await writeMemory(ctx);
  const { logSink } = ctx.deps;
  await logSink.flush();
  try {
    await runTick(expression, ctx);
  } finally {
    ctx.later.begin();
    await logSink.flush();
  }
}

/**
 * Writes the sums and log entries that this isolate holds in memory.
 * @throws what the database threw, or Error where entries are left.
 */
async function writeMemory(ctx: Ctx): Promise<void> {
  for (const [, write] of entriesOf((surface) => surface.memory)) await write(ctx);
  await ctx.deps.logSink.flush();
  if (ctx.deps.logSink.waiting > 0) throw new Error("log entries are left that cannot be written");
}

/** The jobs of each cron expression. Every job may be skipped, overlap with itself or die at any point. */
async function runTick(expression: string, ctx: Ctx): Promise<void> {
  switch (expression) {
    case "* * * * *":
      return await runMinute(ctx);
    case "*/10 * * * *":
      return await runJobs(ctx, "everyTenMinutes");
    case "17 3 * * *":
      return await runJobs(ctx, "daily");
    default:
      ctx.deps.log.warn("unknown cron expression", { expression });
  }
}

async function runMinute(ctx: Ctx): Promise<void> {
  const startedAt = ctx.deps.clock();
  for (const [name, write] of entriesOf((surface) => surface.memory)) {
    await write(ctx).catch((error: unknown) => ctx.deps.log.error("sums not written", { of: name, error }));
  }
  const beside = entriesOf((surface) => surface.beside).map(([name, work]) =>
    work(ctx).catch((error: unknown) => ctx.deps.log.error("job failed", { job: name, error })),
  );
  const outcomes = await Promise.all(beside);
  ctx.later.begin();
  await runJobs(ctx, "everyMinute");
  if (!outcomes.includes(false)) await noteEnd(ctx, startedAt);
}

async function runJobs(ctx: Ctx, when: keyof NonNullable<Surface["jobs"]>): Promise<void> {
  for (const [name, job] of entriesOf((surface) => surface.jobs?.[when])) await runJob(ctx, name, job);
}

/** The entries of one kind that all surfaces have, by name, in the order of the surfaces. */
function entriesOf<T>(of: (surface: Surface) => Readonly<Record<string, T>> | undefined): [string, T][] {
  return surfaces.flatMap((surface) => Object.entries(of(surface) ?? {}));
}

/** Cron was alive for the whole tick, so an absence can only begin at its end. */
async function noteEnd(ctx: Ctx, startedAt: number): Promise<void> {
  const now = ctx.deps.clock();
  if (now - startedAt > LONGEST_TICK_MS) return;
  await ctx.deps.db
    .write((q) => ({ noted: noteTick(q, now) }))
    .catch((error: unknown) => ctx.deps.log.error("end of tick not noted", { error }));
}
