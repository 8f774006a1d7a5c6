import { Transform } from "node:stream";
import { startTcpProxy, type TcpProxy } from "./tcp-proxy.ts";

/** What may pass before its time has come, since timers end late. Milliseconds. */
const SLACK_MS = 5;

/**
 * Starts what stands for a line to the server at `target`, an origin.
 * @param bytesPerSecond in each direction, for all connections together
 */
export function startLine(target: string, bytesPerSecond: number): Promise<TcpProxy> {
  const paces = { up: paceOf(bytesPerSecond), down: paceOf(bytesPerSecond) };
  return startTcpProxy(target, (direction) => paced(paces[direction]));
}

/** Milliseconds until what is asked for may pass: all that was asked for before comes first. */
type Pace = (bytes: number) => number;

function paceOf(bytesPerSecond: number): Pace {
  let freeAt = 0;
  return (bytes) => {
    const now = performance.now();
    freeAt = Math.max(freeAt, now) + (bytes / bytesPerSecond) * 1000;
    return freeAt - now;
  };
}

const paced = (pace: Pace) =>
  new Transform({
    transform(chunk: Buffer, _encoding, done) {
      const wait = pace(chunk.length);
      if (wait > SLACK_MS) setTimeout(done, wait, null, chunk);
      else done(null, chunk);
    },
  });
