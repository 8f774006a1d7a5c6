import type { Supervisor } from "../supervisor.ts";

/** Marks an agent that a launcher has started. */
export const LAUNCHED = "SLIPWAY_AGENT_LAUNCHED";

/**
 * What launcher and agent say to each other. They may be of different versions, so nothing here may change its meaning. An
 * agent is asked to drain before it is replaced, and to work where it is not replaced after all.
 */
export type ToAgent = "drain" | "work";
export type ToLauncher = "ready" | "drained";

/** The launcher, as the agent that it has started sees it. */
export type Launcher = {
  /** Says that the server has accepted a heartbeat. */
  ready: () => void;
  /** Lets the launcher have the agent drained. */
  serve: (supervisor: Supervisor) => void;
  /** Resolves when the launcher is gone. */
  gone: Promise<void>;
};

/** Undefined where no launcher has started this process. */
export function findLauncher(): Launcher | undefined {
  if (process.env[LAUNCHED] !== "1" || process.send === undefined) return undefined;
  // Listening alone is no reason to stay.
  process.channel?.unref();
  const gone = new Promise<void>((resolve) => process.once("disconnect", resolve));
  const say = (word: ToLauncher) => {
    // A launcher that is gone is noticed by `gone`.
    if (process.connected) process.send?.(word, undefined, undefined, () => undefined);
  };
  return {
    ready: () => say("ready"),
    gone,
    serve: (supervisor) =>
      void process.on("message", (word: ToAgent) => {
        if (word === "work") supervisor.work();
        if (word === "drain") void supervisor.drain().then(() => say("drained"));
      }),
  };
}
