import { once } from "node:events";
import { chmod, rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout } from "node:timers/promises";
import { bucketState } from "./bucket-state.ts";
import type { BucketOptions } from "./options.ts";
import { createServe, report, type Serve } from "./serve.ts";
import { openStore } from "./store/store.ts";
import { sweep } from "./store/sweep.ts";
import { snapshot, type Snapshot } from "./store/snapshot.ts";

export type RunningBucket = {
  /** The address at which it is reached, with the base path. A socket's is only for clients that know the socket. */
  endpoint: string;
  /** Deletes what nobody needs any more. This also happens by itself at the start and every hour. */
  sweep(): Promise<void>;
  /** All that is stored. */
  snapshot(): Snapshot;
  /** Finishes the requests under way, for up to five seconds. */
  stop(): Promise<void>;
};

const SWEEP_EVERY_MS = 3600_000;
const STOP_MS = 5000;
/** How long a connection may stay on which nothing moves. */
const IDLE_MS = 300_000;
/** Longer than clients keep connections, so that none writes to one that is just being closed. */
const KEEP_ALIVE_MS = 75_000;
/** How much a connection may bring before it is written. Bytes. */
const READ_AHEAD_BYTES = 256 * 1024;

/** Serves the bucket whose data is in a folder; no other process may have the folder open. */
export async function startBucket(options: BucketOptions): Promise<RunningBucket> {
  const store = await openStore(options.folder, options.durable ?? true);
  const bucket = bucketState(options, store);
  const active = new Set<Promise<void>>();
  const server = createHttpServer(createServe(bucket, options), active);
  let endpoint: string;
  try {
    endpoint = `${await listen(server, options.listen)}${options.basePath ?? ""}`;
  } catch (error) {
    await store.close();
    throw error;
  }

  let sweeping = Promise.resolve();
  const sweepAgain = () =>
    (sweeping = sweeping
      .then(() => sweep(store, bucket.now()))
      .catch((error: unknown) => report("the sweep", error)));
  void sweepAgain();
  const timer = setInterval(() => void sweepAgain(), SWEEP_EVERY_MS);
  timer.unref();

  return {
    endpoint,
    sweep: sweepAgain,
    snapshot: () => snapshot(store),
    async stop() {
      clearInterval(timer);
      const closed = once(server, "close");
      server.close();
      await settledWithin(active, STOP_MS);
      server.closeAllConnections();
      await closed;
      await Promise.allSettled(active);
      await sweeping;
      await store.close();
    },
  };
}

function createHttpServer(serve: Serve, active: Set<Promise<void>>): Server {
  const server = createServer({
    keepAliveTimeout: KEEP_ALIVE_MS,
    highWaterMark: READ_AHEAD_BYTES,
    // There is no limit to a whole request, because a part of gigabytes over a slow line takes its time. One that stands
    // still is cut after IDLE_MS.
    requestTimeout: 0,
  });
  server.setTimeout(IDLE_MS);
  const answer = (...[request, response, expectsContinue]: Parameters<Serve>) => {
    const closed = new Promise<void>((resolve) => response.once("close", resolve));
    const serving = serve(request, response, expectsContinue)
      .catch(() => void response.destroy())
      .then(() => closed);
    active.add(serving);
    void serving.finally(() => active.delete(serving));
  };
  server.on("request", (request, response) => answer(request, response, false));
  server.on("checkContinue", (request, response) => answer(request, response, true));
  return server;
}

async function listen(server: Server, where: BucketOptions["listen"]): Promise<string> {
  if ("socket" in where) {
    await rm(where.socket, { force: true });
    server.listen(where.socket);
    await once(server, "listening");
    await chmod(where.socket, 0o600);
    return "http://localhost";
  }
  server.listen(where.port, "127.0.0.1");
  await once(server, "listening");
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function settledWithin(active: Set<Promise<void>>, milliseconds: number): Promise<void> {
  const timer = new AbortController();
  const timeout = setTimeout(milliseconds, undefined, { signal: timer.signal }).catch(() => undefined);
  await Promise.race([Promise.allSettled(active), timeout]);
  timer.abort();
}
