import type { StdioOptions } from "node:child_process";
import { closeSync, globSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, extname, join } from "node:path";
import { fireCron, hold, isReady, type Hold } from "./control-client.ts";
import type { DataDir } from "./data-dir.ts";
import type { Built } from "./build.ts";
import { StackError } from "./errors.ts";
import { followLog } from "./follow-log.ts";
import { neverBlocks, type Output } from "./output.ts";
import { supervise, type Server } from "./supervise.ts";
import { workerdConfig, type ModuleType, type WorkerdConfig } from "./workerd-config.ts";

export type WorkerdOptions = {
  host: string;
  port: number;
  dir: DataDir;
  built: Built;
  /** The file of the module that stands before the bundle. */
  front: string;
  variables: Record<string, string>;
  bucket: WorkerdConfig["bucket"];
  /** Gets each line that the Worker logs; where it is absent, standard output does. */
  onLog: ((line: string) => void) | undefined;
  output: Output;
  errors: Output;
  gaveUp: (error: StackError) => void;
};

export type RunningWorkerd = {
  /** Runs the Worker's scheduled handler. Rejects when it fails. */
  cron: (expression: string) => Promise<void>;
  /** Takes no further requests. Resolves when those under way are answered and what is in memory is written. */
  close: () => Promise<void>;
  stop: () => Promise<void>;
};

const START_MS = 30_000;
const LOOK_MS = 20;
/** How long downloads and uploads under way may take when the stack stops. */
const STOP_MS = 10_000;

/**
 * Lines of workerd that are about clients that went away, about a bucket that is being started again, which is told by its
 * supervision, or only meant for itself.
 */
const NOISE = /NOSENTRY|disconnected: ::write|^stack: |failed: connect\(\): .*address = unix:/;

const moduleTypes: Record<string, ModuleType> = {
  ".js": "esModule",
  ".wasm": "wasm",
  ".bin": "data",
  ".txt": "text",
};
const PEM = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

/**
 * Runs the bundle in workerd, started again should it die.
 * @throws StackError when it does not answer.
 */
export async function startWorkerd(options: WorkerdOptions): Promise<RunningWorkerd> {
  const { dir } = options;
  const configFile = join(dir.run, "workerd.capnp");
  writeFileSync(configFile, workerdConfig(configOf(options)), { mode: 0o600 });

  let held: Hold | undefined;
  let lastError = "";
  const logs = await openLogs(options, (line) => (lastError = line));
  const server = supervise({
    name: "workerd",
    command: [workerdBinary(), "serve", "-I/", configFile],
    // Nothing of the environment is passed on: what the Worker may know is in its configuration.
    env: { PATH: process.env.PATH, HOME: process.env.HOME, TZ: "UTC" },
    stdio: logs.stdio,
    pidFile: dir.workerdPid,
    // workerd does not start where the socket of an earlier one is left.
    prepare: () => rmSync(dir.controlSocket, { force: true }),
    restarted: () => void untilReady(server, dir.controlSocket).then(takeHold, () => {}),
    notice: (line) => options.errors.write(`${line}\n`),
    gaveUp: options.gaveUp,
    stopMs: STOP_MS,
  });
  const takeHold = () => {
    held = hold(dir.controlSocket);
  };

  try {
    await untilReady(server, dir.controlSocket);
  } catch {
    await server.stop();
    await logs.close();
    throw new StackError(`The Worker does not start: ${lastError.replace(/^\S+ /, "") || "no answer"}`);
  }
  server.up();
  takeHold();

  return {
    cron: (expression) => fireCron(dir.controlSocket, expression),
    close: async () => held?.end(),
    async stop() {
      await server.stop();
      await logs.close();
      rmSync(dir.controlSocket, { force: true });
    },
  };
}

type Logs = {
  stdio: () => { streams: StdioOptions; close: () => void };
  close: () => Promise<void>;
};

/** workerd's standard output and error: the stack's own where that is a file, otherwise files that are followed. */
async function openLogs(options: WorkerdOptions, onError: (line: string) => void): Promise<Logs> {
  const { dir, onLog, output, errors } = options;
  const take = onLog
    ? (lines: string[]) => lines.forEach(onLog)
    : (lines: string[]) => output.write(`${lines.join("\n")}\n`);
  const complain = (lines: string[]) => {
    const said = lines.filter((line) => !NOISE.test(line));
    said.forEach(onError);
    if (said.length > 0) errors.write(`${said.join("\n")}\n`);
  };
  const direct = !onLog && neverBlocks(1);
  const files = { out: join(dir.run, "worker.log"), error: join(dir.run, "worker-errors.log") };
  for (const file of Object.values(files)) writeFileSync(file, "", { mode: 0o600 });
  const followed = [await followLog(files.error, complain, () => errors.busy)];
  if (!direct) followed.push(await followLog(files.out, take, () => !onLog && output.busy));
  return {
    stdio() {
      const opened = [openSync(files.out, "a"), openSync(files.error, "a")] as const;
      return {
        streams: ["ignore", direct ? 1 : opened[0], opened[1]],
        close: () => opened.forEach((fd) => closeSync(fd)),
      };
    },
    async close() {
      await Promise.all(followed.map(({ stop }) => stop()));
    },
  };
}

function configOf(options: WorkerdOptions): WorkerdConfig {
  const { host, port, dir, front } = options;
  const { bundle, assets, compatibilityDate, compatibilityFlags } = options.built;
  const names = globSync("*", { cwd: bundle }).filter((name) => extname(name) in moduleTypes);
  const certificates = process.env.NODE_EXTRA_CA_CERTS;
  return {
    compatibilityDate,
    compatibilityFlags,
    modules: [
      { name: basename(front), type: "esModule", path: front },
      ...names.map((name) => ({
        name,
        type: moduleTypes[extname(name)] ?? "data",
        path: join(bundle, name),
      })),
    ],
    variables: options.variables,
    listen: `${host.includes(":") ? `[${host}]` : host}:${port}`,
    controlSocket: dir.controlSocket,
    assets,
    bucket: options.bucket,
    certificates: certificates ? (readFileSync(certificates, "utf8").match(PEM) ?? []) : [],
  };
}

async function untilReady(server: Server, socket: string): Promise<void> {
  const deadline = Date.now() + START_MS;
  while (Date.now() < deadline && server.child.exitCode === null && server.child.signalCode === null) {
    if (await isReady(socket)) return;
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
  throw new Error("not ready");
}

function workerdBinary(): string {
  return (createRequire(import.meta.url)("workerd") as { default: string }).default;
}
