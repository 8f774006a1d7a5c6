import { ask, open, read } from "./ask.ts";

const at = (socketPath: string, method: string, path: string) => ({
  socketPath,
  method,
  path,
  host: "control",
});

/** Runs a cron expression in the Worker behind a control socket. Rejects with the Worker's message when its handler fails. */
export async function fireCron(socket: string, expression: string): Promise<void> {
  const path = `/cron?${new URLSearchParams({ expression })}`;
  const { status, body } = await ask(at(socket, "POST", path));
  if (status !== 200) throw new Error(`cron "${expression}" failed: ${body}`);
}

/** Whether the Worker behind a control socket answers. */
export async function isReady(socket: string): Promise<boolean> {
  return (await ask(at(socket, "GET", "/ready")).catch(() => null))?.status === 200;
}

/** A request that stays open for as long as the stack runs; see front/control.ts. */
export type Hold = {
  /** Lets the Worker finish and write what it has in memory. Resolves when it has, or is gone. */
  end: () => Promise<void>;
};

export function hold(socket: string): Hold {
  const { asking, answer } = open(at(socket, "POST", "/hold"));
  asking.flushHeaders();
  const ended = answer.then(read).catch(() => ({ status: 0, body: "" }));
  return {
    async end() {
      asking.end();
      const { status, body } = await ended;
      if (status === 500) throw new Error(`The last counts and log entries are not written: ${body}`);
    },
  };
}
