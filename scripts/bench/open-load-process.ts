import { openConnection, requestsFor } from "./http-socket.ts";
import type { Connection } from "./http-socket.ts";
import type { OpenLoadOptions, OpenLoadResult } from "./open-load.ts";

/** Sent and not counted: connections are open and code is compiled when counting begins. */
const WARM_UP_SECONDS = 2;
/** What is not answered so long after the last request never is. */
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
/** The request that is under way on a connection, by its number. */
const underWay = new Map<Connection, number>();
/** Requests whose time has come while no connection was free. */
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
      // Counted as the status 0; another takes its place.
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
  // Timers are a millisecond coarse: look at the clock all the time, between the answers.
  const look = () => {
    const now = performance.now();
    while (sent < last && now >= dueAt(sent)) {
      if (sent >= first) result.lateness.push(performance.now() - dueAt(sent));
      // In turn: a connection that rests is closed by the server after some seconds.
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
