import { spawn } from "node:child_process";
import { LAUNCHED, type ToAgent } from "./handover.ts";

/** How long an agent may take to end its commands and itself before it is killed. */
const STOP_MS = 60_000;

/** An agent in a process of its own. */
export type Child = {
  /** Resolves when the server has accepted a heartbeat of it. */
  ready: Promise<void>;
  /** Its exit code; 1 where a signal has ended it. */
  exited: Promise<number>;
  /** Makes it take no more tasks. Resolves when none runs any more. */
  drain: () => Promise<void>;
  /** Makes it take tasks again. */
  work: () => void;
  /** Tells it to end, and kills it where it does not. */
  stop: () => void;
};

/** Starts a program of an agent with the arguments of this process. */
export function startChild(program: string): Child {
  const child = spawn(process.execPath, [...process.execArgv, program, ...process.argv.slice(2)], {
    stdio: ["inherit", "inherit", "inherit", "ipc"],
    env: { ...process.env, [LAUNCHED]: "1" },
  });
  const ready = Promise.withResolvers<void>();
  let drained = Promise.withResolvers<void>();
  const exited = new Promise<number>((resolve) => {
    child.on("error", () => resolve(1));
    child.on("exit", (code) => resolve(code ?? 1));
  });
  child.on("message", (word) => {
    if (word === "ready") ready.resolve();
    if (word === "drained") drained.resolve();
  });
  const say = (word: ToAgent) => {
    if (child.connected) child.send(word, () => undefined);
  };
  return {
    ready: ready.promise,
    exited,
    drain() {
      drained = Promise.withResolvers();
      say("drain");
      return drained.promise;
    },
    work: () => say("work"),
    stop() {
      child.kill("SIGTERM");
      const timer = setTimeout(() => child.kill("SIGKILL"), STOP_MS);
      void exited.then(() => clearTimeout(timer));
    },
  };
}
