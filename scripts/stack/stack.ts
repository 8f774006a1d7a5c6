import { join } from "node:path";
import { startBucket } from "./bucket.ts";
import { startCron } from "./cron.ts";
import { openDataDir } from "./data-dir.ts";
import { withErrands, type RunErrand } from "./errand.ts";
import { reason, type StackError } from "./errors.ts";
import { startGuard } from "./guard.ts";
import { readPid } from "../process/processes.ts";
import { openOutput, type Output } from "./output.ts";
import { openSecrets } from "./secrets.ts";
import { embeds, findAddress, readStackSettings, workerBindings } from "./settings.ts";
import type { RawSettings } from "./settings.ts";
import { startSqld } from "./sqld.ts";
import { startWorkerd, type RunningWorkerd } from "./workerd.ts";

/** How long jobs under way may take when the stack stops. */
const LAST_JOBS_MS = 5_000;
/** How long answers under way and the last flush may take. */
const LAST_FLUSH_MS = 12_000;

export type StackOptions = {
  /** Whether the clock fires cron expressions; otherwise only `runCron` does. Default true. */
  cron?: boolean;
  /** Gets each line that the Worker logs. Default: standard output. */
  onLog?: (line: string) => void;
  /** Standard output and error. */
  output?: Output;
  errors?: Output;
  /** Another bundle and other migrations than this project's. */
  bundle?: string;
  migrations?: string;
};

export type Stack = {
  /** Where it listens, without a slash at the end. */
  url: string;
  /** The Worker's variables, generated secrets and embedded addresses included. */
  settings: Record<string, string>;
  dataDir: string;
  /** The file with generated secrets, and whether it was made now. */
  secretsFile: string;
  fresh: boolean;
  /** Runs a cron expression of wrangler.toml now. Rejects when the Worker's handler fails. */
  runCron: (expression: string) => Promise<void>;
  /** Where another process of this user can run cron expressions: see control-client.ts. */
  controlSocket: string;
  /** Resolves, with the reason, when a server keeps ending and the stack cannot go on. */
  broken: Promise<StackError>;
  /** Rebuilds and swaps the Worker, and migrates the database. Rejects with a StackError when it does not build. */
  reload: () => Promise<void>;
  /** Process ids, for measuring and for breaking things. */
  pids: () => { workerd: number | null; sqld: number | null; bucket: number | null };
  /** Answers what is under way, writes what is in memory, stops every process. May be called twice. */
  stop: () => Promise<void>;
};

/**
 * Starts database, bucket, Worker and clock on one address, as `settings` (functions/SETTINGS.md) say.
 * Nothing is left running when it fails.
 * @throws StackError with one line for a person: a bad setting, a taken port, a folder in use, a build that fails.
 */
export async function startStack(settings: RawSettings, options: StackOptions = {}): Promise<Stack> {
  const undo: (() => unknown)[] = [];
  const unwind = async () => {
    for (let step = undo.pop(); step; step = undo.pop()) await step();
  };
  try {
    return await withErrands((run) => start(settings, options, run, undo, unwind));
  } catch (error) {
    await unwind();
    throw error;
  }
}

async function start(
  raw: RawSettings,
  options: StackOptions,
  runErrand: RunErrand,
  undo: (() => unknown)[],
  unwind: () => Promise<void>,
): Promise<Stack> {
  const own = readStackSettings(raw);
  const known = await runErrand("settings", undefined);
  const dir = await openDataDir(own.dataDir);
  undo.push(dir.release);
  const address = await findAddress(own);
  const { secrets, fresh, file: secretsFile } = openSecrets(dir.root);
  const anywhere = { url: "http://127.0.0.1:1", authToken: "not yet known" };
  const draft = workerBindings(raw, address, secrets, embeds(raw).database ? anywhere : null, known);

  const front = join(dir.run, "slipway-front.js");
  const build = (run: RunErrand) => run("build", { variables: draft, bundle: options.bundle, front });
  let built = await build(runErrand);
  const guard = startGuard([dir.workerdPid, dir.bucketPid, dir.sqldPid]);
  undo.push(guard.release);
  const output = options.output ?? openOutput(1);
  const errors = options.errors ?? openOutput(2);
  const notice = (line: string) => errors.write(`${line}\n`);
  let gaveUp = (_error: StackError) => {};
  const broken = new Promise<StackError>((resolve) => (gaveUp = resolve));
  const watch = { notice, gaveUp };

  const sqld = embeds(raw).database ? await startSqld(dir, secrets, watch) : null;
  if (sqld) undo.push(sqld.stop);
  const variables = workerBindings(raw, address, secrets, sqld, known);
  const migrate = (run: RunErrand) =>
    run("migrate", {
      url: variables.LIBSQL_URL ?? "",
      authToken: variables.LIBSQL_AUTH_TOKEN,
      migrations: options.migrations,
    });
  // Migrated before the bucket starts, so that an earlier build's data stay as they are.
  await migrate(runErrand);
  const bucket = embeds(raw).bucket ? await startBucket(dir, secrets, watch) : null;
  if (bucket) undo.push(bucket.stop);

  const { host, port, url } = address;
  const launch = () =>
    startWorkerd({
      host,
      port,
      dir,
      built,
      front,
      variables,
      bucket,
      onLog: options.onLog,
      output,
      errors,
      gaveUp,
    });
  let worker: RunningWorkerd = await launch();
  undo.push(() => worker.stop());

  const cron = startCron({
    expressions: built.crons,
    pollSeconds: own.pollSeconds,
    stateFile: join(dir.root, "cron.json"),
    fire: (expression) => worker.cron(expression),
    onError: (_expression, error) => notice(reason(error)),
    clock: options.cron ?? true,
  });

  let stopping: Promise<void> | undefined;
  async function stop(): Promise<void> {
    await Promise.all([
      within(LAST_JOBS_MS, cron.stop(), notice),
      within(LAST_FLUSH_MS, worker.close(), notice),
    ]);
    await unwind();
  }

  return {
    url,
    settings: variables,
    dataDir: dir.root,
    secretsFile,
    fresh,
    controlSocket: dir.controlSocket,
    broken,
    runCron: cron.run,
    async reload() {
      await withErrands(async (run) => {
        built = await build(run);
        await migrate(run);
      });
      await within(LAST_FLUSH_MS, worker.close(), notice);
      await worker.stop();
      worker = await launch();
    },
    pids: () => ({
      workerd: readPid(dir.workerdPid),
      sqld: readPid(dir.sqldPid),
      bucket: readPid(dir.bucketPid),
    }),
    stop: () => (stopping ??= stop()),
  };
}

/** Waits for `work`, but not for too long. A failure is only reported, because stopping goes on. */
async function within(
  milliseconds: number,
  work: Promise<void>,
  notice: (line: string) => void,
): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, milliseconds);
  });
  await Promise.race([work, late]).catch((error: unknown) => notice(reason(error)));
  clearTimeout(timer);
}
