import { connect } from "node:net";
import type { Socket } from "node:net";
import type { LoadOptions, LoadResult } from "./load.ts";

/** Connections are open and code is compiled when counting begins. */
const WARM_UP_MS = 300;

const { url, path, json, connections, milliseconds } = JSON.parse(process.argv[2] ?? "") as LoadOptions;
const { hostname, port, host } = new URL(url);
const body = json === undefined ? "" : JSON.stringify(json);
const bodyHead = body && `Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n`;
const request = Buffer.from(
  `${body ? "POST" : "GET"} ${path} HTTP/1.1\r\nHost: ${host}\r\nAccept: */*\r\n${bodyHead}\r\n${body}`,
);

const statuses: Record<number, number> = {};
let requests = 0;
let uncounted = 0;
let counting = false;
let done = false;

/** One keep-alive connection that always has one request under way. */
function keepAsking(socket: Socket): void {
  let pending: Buffer = Buffer.alloc(0);
  socket.setNoDelay(true);
  socket.on("data", (chunk: Buffer) => {
    pending = pending.length === 0 ? chunk : Buffer.concat([pending, chunk]);
    const length = answerLength(pending);
    if (length === null) return;
    if (length !== pending.length) throw new Error("the server sent more than one answer");
    const status = Number(pending.toString("latin1", 9, 12));
    statuses[status] = (statuses[status] ?? 0) + 1;
    if (counting) requests++;
    else uncounted++;
    pending = Buffer.alloc(0);
    if (!done) socket.write(request);
  });
  socket.on("close", () => {
    if (!done) throw new Error("the server closed a connection");
  });
  socket.write(request);
}

/** Bytes of a whole answer, or null while some are missing. */
function answerLength(bytes: Buffer): number | null {
  const end = bytes.indexOf("\r\n\r\n");
  if (end < 0) return null;
  const head = bytes.toString("latin1", 0, end);
  const declared = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
  if (declared !== undefined) {
    const total = end + 4 + Number(declared);
    return bytes.length >= total ? total : null;
  }
  if (/\r\ntransfer-encoding: *chunked/i.test(head)) {
    return bytes.toString("latin1", end + 2).endsWith("\r\n0\r\n\r\n") ? bytes.length : null;
  }
  return end + 4;
}

const sockets = await Promise.all(
  Array.from(
    { length: connections },
    () =>
      new Promise<Socket>((resolve, reject) => {
        const socket = connect(Number(port), hostname, () => resolve(socket));
        socket.once("error", reject);
      }),
  ),
);
for (const socket of sockets) keepAsking(socket);
await new Promise((resolve) => setTimeout(resolve, WARM_UP_MS));
counting = true;
const startedAt = performance.now();
await new Promise((resolve) => setTimeout(resolve, milliseconds));
const seconds = (performance.now() - startedAt) / 1000;
counting = false;
done = true;
for (const socket of sockets) socket.destroy();
process.stdout.write(JSON.stringify({ requests, seconds, statuses, uncounted } satisfies LoadResult));
