import { connect, createServer, type AddressInfo, type Server, type Socket } from "node:net";
import type { Duplex } from "node:stream";

export type TcpProxy = { url: string; stop: () => Promise<void> };

/**
 * Starts a TCP proxy in front of the server at `target`, an origin.
 * @param between makes what the bytes of one direction of a connection pass through
 */
export async function startTcpProxy(
  target: string,
  between: (direction: "up" | "down") => Duplex,
): Promise<TcpProxy> {
  const { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  const server = createServer((incoming) => {
    const outgoing = connect(Number(port), hostname);
    for (const [from, to, direction] of [
      [incoming, outgoing, "up"],
      [outgoing, incoming, "down"],
    ] as const) {
      sockets.add(from);
      from.on("error", () => to.destroy()).on("close", () => sockets.delete(from));
      from.pipe(between(direction)).pipe(to);
    }
  });
  return {
    url: await listen(server),
    async stop() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Lets a server listen on a free port. @returns its origin */
export async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(0, "127.0.0.1", resolve);
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
