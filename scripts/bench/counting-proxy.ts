import { Agent, createServer, request } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import { connect, createServer as createTcpServer } from "node:net";
import type { AddressInfo, Server, Socket } from "node:net";

/** An HTTP proxy that records each request that passes through it: how long it took, in milliseconds. */
export type RequestProxy = { url: string; times: () => readonly number[]; stop: () => Promise<void> };

/** Starts such a proxy in front of the HTTP server at `target`, an origin. */
export async function countRequests(target: string): Promise<RequestProxy> {
  const { hostname, port } = new URL(target);
  const agent = new Agent({ keepAlive: true });
  const times: number[] = [];
  const server = createServer((incoming: IncomingMessage, answer: ServerResponse) => {
    const startedAt = performance.now();
    const { method, url, headers } = incoming;
    const outgoing = request({ hostname, port, method, path: url, headers, agent }, (response) => {
      answer.writeHead(response.statusCode ?? 502, response.headers);
      response.on("end", () => times.push(performance.now() - startedAt)).pipe(answer);
    });
    outgoing.on("error", () => answer.destroy());
    incoming.pipe(outgoing);
  });
  const url = await listen(server);
  return {
    url,
    times: () => times,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      agent.destroy();
    },
  };
}

/** A TCP proxy that counts the bytes of both directions. */
export type ByteProxy = { url: string; bytes: () => number; stop: () => Promise<void> };

/** Starts such a proxy in front of the server at `target`, an origin. */
export async function countBytes(target: string): Promise<ByteProxy> {
  const { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  let bytes = 0;
  const server = createTcpServer((incoming) => {
    const outgoing = connect(Number(port), hostname);
    for (const [from, to] of [
      [incoming, outgoing],
      [outgoing, incoming],
    ] as const) {
      sockets.add(from);
      from.on("data", (chunk: Buffer) => (bytes += chunk.length));
      from.on("error", () => to.destroy()).on("close", () => sockets.delete(from));
      from.pipe(to);
    }
  });
  const url = await listen(server);
  return {
    url,
    bytes: () => bytes,
    async stop() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(0, "127.0.0.1", resolve);
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
