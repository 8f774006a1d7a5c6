import { Agent, createServer, request } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import { PassThrough } from "node:stream";
import { listen, startTcpProxy, type TcpProxy } from "./tcp-proxy.ts";

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
export type ByteProxy = TcpProxy & { bytes: () => number };

/** Starts such a proxy in front of the server at `target`, an origin. */
export async function countBytes(target: string): Promise<ByteProxy> {
  let bytes = 0;
  const counting = () => new PassThrough().on("data", (chunk: Buffer) => (bytes += chunk.length));
  return { ...(await startTcpProxy(target, counting)), bytes: () => bytes };
}
