import { openConnection, requestsFor } from "./http-socket.ts";
import type { LoadOptions, LoadResult } from "./load.ts";

/** During the warm-up connections are opened and the server compiles its code; nothing is counted. */
const WARM_UP_MS = 300;

const options = JSON.parse(process.argv[2] ?? "") as LoadOptions;
const requests = requestsFor(options.url, options, options.variants);
const statuses: Record<number, number> = {};
let asked = 0;
let answered = 0;
let uncounted = 0;
let counting = false;

const next = () => requests[asked++ % requests.length] ?? Buffer.alloc(0);

const connections = await Promise.all(
  Array.from({ length: options.connections }, () =>
    openConnection(
      options.url,
      ({ status }, connection) => {
        statuses[status] = (statuses[status] ?? 0) + 1;
        if (counting) answered++;
        else uncounted++;
        connection.send(next());
      },
      () => {
        throw new Error("the server closed a connection");
      },
    ),
  ),
);
for (const connection of connections) connection.send(next());
await new Promise((resolve) => setTimeout(resolve, WARM_UP_MS));
counting = true;
const startedAt = performance.now();
await new Promise((resolve) => setTimeout(resolve, options.milliseconds));
const seconds = (performance.now() - startedAt) / 1000;
counting = false;
for (const connection of connections) connection.close();
process.stdout.write(
  JSON.stringify({ requests: answered, seconds, statuses, uncounted } satisfies LoadResult),
);
