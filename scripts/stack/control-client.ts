import { request, type ClientRequest, type IncomingMessage } from "node:http";
import { text } from "node:stream/consumers";

/** Runs a cron expression in the Worker behind a control socket. Rejects with the Worker's message when its handler fails. */
export async function fireCron(socket: string, expression: string): Promise<void> {
  const path = `/cron?${new URLSearchParams({ expression })}`;
  const { status, body } = await ask(socket, "POST", path);
  if (status !== 200) throw new Error(`cron "${expression}" failed: ${body}`);
}

/** Whether the Worker behind a control socket answers. */
export async function isReady(socket: string): Promise<boolean> {
  return (await ask(socket, "GET", "/ready").catch(() => null))?.status === 200;
}

/** A request that stays open for as long as the stack runs; see front/control.ts. */
export type Hold = {
  /** Lets the Worker finish and write what it has in memory. Resolves when it has, or is gone. */
  end: () => Promise<void>;
};

export function hold(socket: string): Hold {
  const { asking, answer } = open(socket, "POST", "/hold");
  asking.flushHeaders();
  const ended = answer.then(read, () => ({ status: 0, body: "" }));
  return {
    async end() {
      asking.end();
      const { status, body } = await ended;
      if (status === 500) throw new Error(`The last counts and log entries are not written: ${body}`);
    },
  };
}

async function ask(socket: string, method: string, path: string) {
  const { asking, answer } = open(socket, method, path);
  asking.end();
  return read(await answer);
}

function open(socketPath: string, method: string, path: string) {
  const asking: ClientRequest = request({ socketPath, method, path, host: "control", agent: false });
  const answer = new Promise<IncomingMessage>((resolve, reject) => {
    asking.once("response", resolve).on("error", reject);
  });
  return { asking, answer };
}

async function read(answer: IncomingMessage) {
  return { status: answer.statusCode ?? 0, body: await text(answer) };
}
