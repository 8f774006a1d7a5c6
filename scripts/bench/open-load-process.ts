import { openConnection, requestsFor } from "./http-socket.ts";
import type { Connection } from "./http-socket.ts";
import type { OpenLoadOptions, OpenLoadResult } from "./open-load.ts";

/** Requests in this time are not counted: connections are opened and the server compiles its code. */
const WARM_UP_SECONDS = 2;
/** A request that is still unanswered this long after the last one was sent counts as unanswered. */
const PATIENCE_MS = 10_000;

const {
  url,
  perSecond,
  seconds,
  connections: size,
  ...asked
} = JSON.parse(process.argv[2] ?? "") as OpenLoadOptions;
const requests = requestsFor(url, asked, asked.variants);
const first = Math.round(perSecond * WARM_UP_SECONDS);
const last = first + Math.round(perSecond * seconds);

const result: OpenLoadResult = { latencies: [], lateness: [], statuses: {}, unanswered: 0 };
const idle: Connection[] = [];
/** The number of the request that is under way on each connection. */
const underWay = new Map<Connection, number>();
/** Numbers of requests that were due while no connection was free. */
const waiting: number[] = [];
let startedAt = 0;
let answered = 0;

const dueAt = (number: number) => startedAt + (number * 1000) / perSecond;

function free(connection: Connection): void {
  const next = waiting.shift();
  if (next === undefined) idle.push(connection);
  else send(next, connection);
}

function send(number: number, connection: Connection): void {
  underWay.set(connection, number);
  connection.send(requests[number % requests.length] ?? Buffer.alloc(0));
}

function take(connection: Connection, status: number): void {
  const number = underWay.get(connection);
  if (number === undefined) return;
  underWay.delete(connection);
  answered++;
  if (number < first) return;
  result.latencies.push(performance.now() - dueAt(number));
  result.statuses[status] = (result.statuses[status] ?? 0) + 1;
}

const open = (): Promise<Connection> =>
  openConnection(
    url,
    ({ status }, connection) => {
      take(connection, status);
      free(connection);
    },
    (connection) => {
      // The server closed the connection: its request counts with the status 0, and a new connection replaces it.
      take(connection, 0);
      const index = idle.indexOf(connection);
      if (index >= 0) idle.splice(index, 1);
      open().then(free, () => {});
    },
  );

const connections = await Promise.all(Array.from({ length: size }, open));
idle.push(...connections);

await new Promise<void>((resolve) => {
  let sent = 0;
  startedAt = performance.now() + 10;
  // Timers are only exact to a millisecond, so the clock is read all the time, between the answers.
  const look = () => {
    const now = performance.now();
    while (sent < last && now >= dueAt(sent)) {
      if (sent >= first) result.lateness.push(performance.now() - dueAt(sent));
      // Connections are used in turn, because the server closes one that is idle for some seconds.
      const connection = idle.shift();
      if (connection) send(sent++, connection);
      else waiting.push(sent++);
    }
    if (answered >= last || now > dueAt(last) + PATIENCE_MS) resolve();
    else setImmediate(look);
  };
  look();
});
result.unanswered = last - answered;
process.stdout.write(JSON.stringify(result), () => process.exit(0));
