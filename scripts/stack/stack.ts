import { join } from "node:path";
import { buildWorker } from "../build-worker.ts";
import { startCron } from "./cron.ts";
import { openDataDir } from "./data-dir.ts";
import { StackError, reason } from "./errors.ts";
import { startGuard } from "./guard.ts";
import { migrateDatabase } from "./migrations.ts";
import { readPid } from "./processes.ts";
import { openSecrets } from "./secrets.ts";
import { checkBindings, embeds, readStackSettings, workerBindings } from "./settings.ts";
import type { RawSettings } from "./settings.ts";
import { startSqld } from "./sqld.ts";
import { startWorker } from "./worker.ts";
import { readWranglerOptions } from "./wrangler.ts";

/** The expression whose job writes what the Worker holds in memory. */
const EVERY_MINUTE = "* * * * *";
/** What the last flush may take when the stack stops. */
const LAST_FLUSH_MS = 5_000;

export type StackOptions = {
  /** Fire cron expressions by the clock; otherwise only `runCron` does. Default true. */
  cron?: boolean;
  /** See WorkerRun. Default false. */
  triggerHandlers?: boolean;
  /** Takes each line that the Worker logs. Default: standard output. */
  onLog?: (line: string) => void;
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
  /** Rebuilds and swaps the Worker, and migrates the database. Rejects with a StackError when it does not build. */
  reload: () => Promise<void>;
  /** Process ids, for measuring and for breaking things. */
  pids: () => { workerd: number | null; sqld: number | null };
  /** Answers what is under way, writes what is in memory, stops every process. May be called twice. */
  stop: () => Promise<void>;
};

/**
 * Starts database, bucket, Worker and clock on one address, as `settings` (the names of README.md) say.
 * Nothing is left running when it fails.
 * @throws StackError with one line for a person: a bad setting, a taken port, a folder in use, a build that fails.
 */
export async function startStack(settings: RawSettings, options: StackOptions = {}): Promise<Stack> {
  const undo: (() => unknown)[] = [];
  const unwind = async () => {
    for (let step = undo.pop(); step; step = undo.pop()) await step();
  };
  try {
    return await start(settings, options, undo, unwind);
  } catch (error) {
    await unwind();
    throw error;
  }
}

async function start(
  raw: RawSettings,
  options: StackOptions,
  undo: (() => unknown)[],
  unwind: () => Promise<void>,
): Promise<Stack> {
  const own = await readStackSettings(raw);
  const dir = await openDataDir(own.dataDir);
  undo.push(dir.release);
  const { secrets, fresh, file: secretsFile } = openSecrets(dir.root);
  const anywhere = { url: "http://127.0.0.1:1", authToken: "not yet known" };
  checkBindings(workerBindings(raw, own, secrets, embeds(raw).database ? anywhere : null));

  if (!options.bundle) await buildWorker();
  const guard = startGuard();
  undo.push(guard.release);
  guard.watch([
    { pidFile: dir.workerdPid, signal: "SIGKILL" },
    { pidFile: dir.sqldPid, signal: "SIGTERM" },
  ]);
  const sqld = embeds(raw).database ? await startSqld(dir, secrets) : null;
  if (sqld) undo.push(sqld.stop);
  const bindings = workerBindings(raw, own, secrets, sqld);
  const migrate = () =>
    migrateDatabase(bindings.LIBSQL_URL ?? "", bindings.LIBSQL_AUTH_TOKEN, options.migrations);
  await migrate();

  const wrangler = await readWranglerOptions();
  const worker = await startWorker({
    wrangler,
    host: own.host,
    port: own.port,
    dir,
    bindings,
    bucket: embeds(raw).bucket ? bucketOf(bindings, secrets.bucketId) : null,
    triggerHandlers: options.triggerHandlers ?? false,
    onLog: options.onLog ?? ((line) => process.stdout.write(`${line}\n`)),
    bundle: options.bundle,
  }).catch((error: unknown) => {
    throw new StackError(`The Worker does not start: ${reason(error)}`);
  });
  undo.push(worker.stop);

  const cron = startCron({
    expressions: wrangler.crons,
    pollSeconds: own.pollSeconds,
    stateFile: join(dir.root, "cron.json"),
    fire: worker.scheduled,
    onError: (_expression, error) => process.stderr.write(`${reason(error)}\n`),
    clock: options.cron ?? true,
  });

  let stopping: Promise<void> | undefined;
  async function stop(): Promise<void> {
    await within(LAST_FLUSH_MS, cron.stop());
    await within(LAST_FLUSH_MS, worker.close());
    await within(LAST_FLUSH_MS, worker.scheduled(EVERY_MINUTE));
    await unwind();
  }

  return {
    url: own.url,
    settings: bindings,
    dataDir: dir.root,
    secretsFile,
    fresh,
    runCron: cron.run,
    async reload() {
      if (!options.bundle) await buildWorker();
      await migrate();
      await within(LAST_FLUSH_MS, worker.scheduled(EVERY_MINUTE));
      await worker.reload();
    },
    pids: () => ({ workerd: readPid(dir.workerdPid), sqld: readPid(dir.sqldPid) }),
    stop: () => (stopping ??= stop()),
  };
}

function bucketOf(bindings: Record<string, string>, id: string) {
  const endpoints = [bindings.S3_ENDPOINT, bindings.S3_PUBLIC_ENDPOINT].map((url) => new URL(url ?? ""));
  const loopback = new Set(["127.0.0.1", "localhost", "[::1]"]);
  return {
    name: bindings.S3_BUCKET ?? "",
    id,
    accessKeyId: bindings.S3_ACCESS_KEY_ID ?? "",
    secretAccessKey: bindings.S3_SECRET_ACCESS_KEY ?? "",
    hosts: [...new Set(endpoints.map((url) => url.hostname))].filter((host) => !loopback.has(host)),
  };
}

/** Waits for `work` as long as is bearable; a failure is said, because stopping goes on. */
async function within(milliseconds: number, work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, milliseconds);
  });
  await Promise.race([work, late]).catch((error: unknown) => process.stderr.write(`${reason(error)}\n`));
  clearTimeout(timer);
}
