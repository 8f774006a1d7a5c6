import { connect } from "node:net";
import type { Socket } from "node:net";

/** The part of an answer that the load generators need. */
export type Answered = { status: number; bytes: number };

/** A keep-alive connection for one request at a time that costs as little CPU as possible. */
export type Connection = { send: (request: Buffer) => void; close: () => void };

export type Request = { path: string; json?: unknown };

/** Opens a connection to an origin. Calls `onClose` when the server closes the connection, but not when we do. */
export function openConnection(
  url: string,
  onAnswer: (answer: Answered, connection: Connection) => void,
  onClose: (connection: Connection) => void,
): Promise<Connection> {
  const { hostname, port } = new URL(url);
  let pending: Buffer = Buffer.alloc(0);
  let closed = false;
  return new Promise((resolve, reject) => {
    const socket: Socket = connect(Number(port), hostname, () => {
      socket.off("error", reject).on("error", () => {});
      resolve(connection);
    });
    const connection: Connection = {
      send: (request) => void socket.write(request),
      close() {
        closed = true;
        socket.destroy();
      },
    };
    socket.setNoDelay(true).once("error", reject);
    socket.on("data", (chunk: Buffer) => {
      pending = pending.length === 0 ? chunk : Buffer.concat([pending, chunk]);
      const length = answerLength(pending);
      if (length === null) return;
      if (length !== pending.length) throw new Error("the server sent more than one answer");
      const answer = { status: Number(pending.toString("latin1", 9, 12)), bytes: length };
      pending = Buffer.alloc(0);
      onAnswer(answer, connection);
    });
    socket.on("close", () => closed || onClose(connection));
  });
}

/**
 * The requests for `variants` variants of a path, as bytes. In the path, `{n}` becomes the variant's number, and `{major}`
 * and `{minor}` become a version made from that number.
 */
export function requestsFor(url: string, { path, json }: Request, variants = 1): Buffer[] {
  const { host } = new URL(url);
  const body = json === undefined ? "" : JSON.stringify(json);
  const bodyHead = body && `Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n`;
  return Array.from({ length: variants }, (_, variant) => {
    const target = path
      .replaceAll("{n}", String(variant))
      .replaceAll("{major}", String(Math.floor(variant / 100)))
      .replaceAll("{minor}", String(variant % 100));
    const head = `${body ? "POST" : "GET"} ${target} HTTP/1.1\r\nHost: ${host}\r\nAccept: */*\r\n${bodyHead}\r\n`;
    return Buffer.from(head + body);
  });
}

/** The length of the whole answer, or null while some of it is missing. */
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
