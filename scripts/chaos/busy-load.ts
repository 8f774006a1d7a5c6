import { openConnection, requestsFor } from "../bench/http-socket.ts";
import type { Connection } from "../bench/http-socket.ts";
import { count, pause, violation } from "./world.ts";
import type { World } from "./world.ts";

const CHECK = "/api/v1/version/check?current_version=0.{major}.{minor}&device_id=device-{n}";
const VARIANTS = 2500;
const CONNECTIONS = 6;
const RETRY_MS = 10;
/** A check that has no answer after this long is given up, and its connection is closed. */
const ANSWER_MS = 20_000;

export type BusyLoad = {
  /** Complete answers so far. */
  answers: () => number;
  /** Milliseconds since the last answer. */
  silence: () => number;
  stop: () => Promise<void>;
};

/**
 * Sends version checks on six connections without a pause, also while no server runs: from the first moment at which the
 * port answers, and on through every end of a server.
 * @param known whether a package is published, so that "not found" is wrong
 */
export function keepBusy(world: World, known: () => boolean): BusyLoad {
  const requests = requestsFor(world.url, { path: CHECK }, VARIANTS);
  const over = new AbortController();
  let asked = 0;
  let answers = 0;
  let lastAnswer = performance.now();

  const question = () => requests[asked++ % requests.length] ?? Buffer.alloc(0);

  function judge(status: number): void {
    answers++;
    lastAnswer = performance.now();
    count(world, `checks answered ${status}`);
    const fine = status === 200 || status === 503 || (status === 404 && !known());
    if (!fine) violation(world, `a version check answers ${status}`);
  }

  /** Opens a connection and sends checks on it until it ends. */
  async function converse(): Promise<void> {
    await new Promise<void>((resolve) => {
      let current: Connection | undefined;
      let timer: NodeJS.Timeout | undefined;
      const end = () => {
        clearTimeout(timer);
        current?.close();
        resolve();
      };
      const wait = () => {
        clearTimeout(timer);
        timer = setTimeout(() => {
          count(world, "connections given up");
          end();
        }, ANSWER_MS);
      };
      openConnection(
        world.url,
        ({ status }, connection) => {
          judge(status);
          if (over.signal.aborted) return end();
          wait();
          connection.send(question());
        },
        end,
      ).then((connection) => {
        current = connection;
        wait();
        connection.send(question());
      }, end);
    });
  }

  async function keepAsking(): Promise<void> {
    while (!over.signal.aborted) {
      await converse();
      if (!over.signal.aborted) await pause(RETRY_MS);
    }
  }

  const asking = Array.from({ length: CONNECTIONS }, keepAsking);
  return {
    answers: () => answers,
    silence: () => performance.now() - lastAnswer,
    async stop() {
      over.abort();
      await Promise.all(asking);
    },
  };
}
