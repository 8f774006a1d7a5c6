import { globSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { extname, join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { Log, LogLevel, Miniflare } from "miniflare";
import type { MiniflareOptions, WorkerOptions } from "miniflare";
import { BUNDLE } from "../build-worker.ts";
import { embeddedBucket } from "./bucket.ts";
import type { EmbeddedBucket } from "./bucket.ts";
import type { DataDir } from "./data-dir.ts";
import { CLOSE_GATE, gateModule } from "./gate.ts";
import { forwardLoopback } from "./loopback.ts";
import type { WranglerOptions } from "./wrangler.ts";

export type WorkerRun = {
  host: string;
  port: number;
  dir: DataDir;
  wrangler: WranglerOptions;
  bindings: Record<string, string>;
  bucket: EmbeddedBucket | null;
  /** Answers /cdn-cgi/handler/scheduled?cron=...: for tests, never for a server that others reach. */
  triggerHandlers: boolean;
  onLog: (line: string) => void;
  bundle?: string;
};

export type RunningWorker = {
  /** Runs the Worker's scheduled handler. Rejects when it fails. */
  scheduled: (cron: string) => Promise<void>;
  /** Takes no more requests; resolves when those under way are answered. */
  close: () => Promise<void>;
  /** Swaps in the bundle as it is now. */
  reload: () => Promise<void>;
  stop: () => Promise<void>;
};

/** What workerd says of clients that went away, and to itself. */
const NOISE = /NOSENTRY|disconnected: ::write|^stack: /;

const stopSignals = ["SIGINT", "SIGTERM"] as const;

const moduleTypes = { ".js": "ESModule", ".wasm": "CompiledWasm", ".bin": "Data", ".txt": "Text" } as const;

/** Runs the bundle in workerd by the settings of wrangler.toml. Rejects with Miniflare's error when it does not start. */
export async function startWorker(run: WorkerRun): Promise<RunningWorker> {
  // With its helper threads, V8 on few cores now and then waits for ever for a collection in another isolate.
  process.env.MINIFLARE_WORKERD_V8_FLAGS = "--single-threaded-gc";
  process.env.MINIFLARE_WORKERD_PATH = fileURLToPath(new URL("workerd.sh", import.meta.url));
  const forward = await forwardLoopback(run.host, run.port);
  const miniflare = construct(run.dir.temporary, optionsFor(run));
  try {
    await miniflare.ready;
  } catch (error) {
    await stop().catch(() => {});
    throw error;
  }

  async function stop(): Promise<void> {
    await miniflare.dispose();
    await forward?.terminate();
  }

  async function scheduled(cron: string): Promise<void> {
    const worker = await miniflare.getWorker("slipway");
    const { outcome } = await worker.scheduled({ cron, scheduledTime: new Date() });
    if (outcome !== "ok") throw new Error(`cron "${cron}" ended with "${outcome}"`);
  }

  return {
    scheduled,
    close: () => scheduled(CLOSE_GATE),
    reload: () => miniflare.setOptions(optionsFor(run)),
    stop,
  };
}

function optionsFor(run: WorkerRun): MiniflareOptions {
  const { compatibilityDate, compatibilityFlags, assets, ratelimits } = run.wrangler;
  const limit = Number(run.bindings.QUERIES_PER_MINUTE ?? 100);
  const bundle = run.bundle ?? BUNDLE;
  const slipway: WorkerOptions = {
    name: "slipway",
    routes: ["*/*"],
    compatibilityDate,
    compatibilityFlags,
    modulesRoot: bundle,
    modules: modulesOf(bundle),
    bindings: run.bindings,
    ratelimits: withLimit(ratelimits, limit),
    serviceBindings: { ASSETS: "assets" },
  };
  // A Worker of its own: Miniflare puts its assets router before a Worker with assets, at half the requests a second.
  const assetsWorker: WorkerOptions = {
    name: "assets",
    compatibilityDate,
    modules: true,
    script: "export default { fetch: (request, env) => env.FILES.fetch(request) }",
    ...(assets && { assets: { ...assets, binding: "FILES" } }),
  };
  return {
    host: "127.0.0.1",
    port: run.port,
    log: new Log(LogLevel.ERROR),
    logRequests: false,
    cf: false,
    unsafeTriggerHandlers: run.triggerHandlers,
    unsafeRuntimeEnv: {
      SLIPWAY_WORKERD: workerdBinary(),
      SLIPWAY_WORKERD_PID: run.dir.workerdPid,
      SLIPWAY_LISTEN: `${run.host.includes(":") ? `[${run.host}]` : run.host}:${run.port}`,
    },
    handleRuntimeStdio: (stdout: Readable, stderr: Readable) => {
      eachLine(stdout, run.onLog);
      eachLine(stderr, (line) => {
        if (!NOISE.test(line)) process.stderr.write(`${line}\n`);
      });
    },
    r2Persist: run.dir.bucket,
    workers: [slipway, assetsWorker, ...(run.bucket ? [embeddedBucket(run.bucket)] : [])],
  };
}

function withLimit(limiters: WranglerOptions["ratelimits"], limit: number): WranglerOptions["ratelimits"] {
  return Object.fromEntries(
    Object.entries(limiters).map(([name, limiter]) => [
      name,
      { ...limiter, simple: { ...limiter.simple, limit } },
    ]),
  );
}

function modulesOf(bundle: string): WorkerOptions["modules"] {
  const files = globSync("*", { cwd: bundle }).filter((name) => extname(name) in moduleTypes);
  return [
    { type: "ESModule", path: join(bundle, "slipway-gate.js"), contents: gateModule },
    ...files.map((name) => ({
      type: moduleTypes[extname(name) as keyof typeof moduleTypes],
      path: join(bundle, name),
      contents: readFileSync(join(bundle, name)),
    })),
  ];
}

function workerdBinary(): string {
  const load = createRequire(createRequire(import.meta.url).resolve("miniflare"));
  return (load("workerd") as { default: string }).default;
}

function eachLine(stream: Readable, onLine: (line: string) => void): void {
  createInterface({ input: stream }).on("line", onLine);
}

/** Miniflare asks for the temporary folder as it is constructed: in ours nothing is left behind after a kill. */
function construct(temporary: string, options: MiniflareOptions): Miniflare {
  const before = process.env.TMPDIR;
  process.env.TMPDIR = temporary;
  const kept = stopSignals.map((name) => [name, process.listeners(name)] as const);
  try {
    return new Miniflare(options);
  } finally {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
    // It also wants to exit at the first signal, before the last flush; stopping is for whoever started the stack.
    for (const [name, listeners] of kept) {
      for (const listener of process.listeners(name)) {
        if (!listeners.includes(listener)) process.off(name, listener);
      }
    }
  }
}
