import { spawn, type ChildProcess, type StdioOptions } from "node:child_process";
import { rmSync } from "node:fs";
import { StackError } from "./errors.ts";
import { places } from "./places.ts";

const RESTART_MS = 200;
/** A server that ends sooner than this after its start has not really run. */
const SHORT_LIFE_MS = 10_000;
/** After so many short lives in a row, the server is not started again. */
const SHORT_LIVES = 5;

export type ServerOptions = {
  /** The name in messages, such as "sqld". */
  name: string;
  command: [program: string, ...args: string[]];
  env: NodeJS.ProcessEnv;
  /** Opens the server's streams anew for each start. What it returns beside them is closed once the server has them. */
  stdio: () => { streams: StdioOptions; close?: () => void };
  pidFile: string;
  cwd?: string;
  /** Before each start, the first included. */
  prepare?: () => void;
  /** At each start: what the server is told on its standard input. */
  started?: (child: ChildProcess) => void;
  /** After each start but the first. */
  restarted?: () => void;
  /** Gets a line for the person who watches the stack. */
  notice: (line: string) => void;
  /** Called when the server keeps ending and is not started again. */
  gaveUp: (error: StackError) => void;
  /** Milliseconds that it may take to end after SIGTERM. */
  stopMs: number;
};

export type Server = {
  /** The process as it is now. */
  readonly child: ChildProcess;
  /** Says that the server serves: from now on it is started again whenever it ends. */
  up: () => void;
  /** SIGTERM, then SIGKILL; resolves when it has ended. */
  stop: () => Promise<void>;
};

/**
 * Runs a server. Once it has served, it is started again whenever it ends unasked, until that happens too often. It gets a
 * process group of its own: Ctrl-C on a terminal reaches the whole group of the parent, and the parent has to write what is
 * in memory before its servers end.
 */
export function supervise(options: ServerOptions): Server {
  const { name, pidFile } = options;
  let stopping = false;
  let isUp = false;
  let shortLives = 0;

  function launch(): ChildProcess {
    options.prepare?.();
    const { streams, close } = options.stdio();
    const startedAt = Date.now();
    const child = spawn("/bin/sh", [places.launch, ...options.command], {
      stdio: streams,
      cwd: options.cwd,
      detached: true,
      env: { ...options.env, SLIPWAY_PID_FILE: pidFile },
    });
    close?.();
    child.on("error", () => {});
    options.started?.(child);
    child.once("exit", (code, signal) => {
      if (stopping || !isUp) return;
      shortLives = Date.now() - startedAt < SHORT_LIFE_MS ? shortLives + 1 : 0;
      if (shortLives >= SHORT_LIVES) {
        return options.gaveUp(new StackError(`${name} keeps ending (${signal ?? code}); look into its log`));
      }
      options.notice(`${name} ended (${signal ?? code}) and is being started again`);
      setTimeout(() => {
        if (stopping) return;
        current = launch();
        options.restarted?.();
      }, RESTART_MS);
    });
    return child;
  }

  let current = launch();

  async function stop(): Promise<void> {
    stopping = true;
    const child = current;
    if (child.exitCode === null && child.signalCode === null && child.pid) {
      const ended = new Promise((resolve) => child.once("exit", resolve));
      child.kill("SIGTERM");
      const timer = setTimeout(() => child.kill("SIGKILL"), options.stopMs);
      await ended;
      clearTimeout(timer);
    }
    rmSync(pidFile, { force: true });
  }

  return {
    get child() {
      return current;
    },
    up() {
      isUp = true;
    },
    stop,
  };
}
