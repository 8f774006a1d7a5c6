import { connect } from "node:net";
import type { DownloadOptions, Downloaded } from "./downloads.ts";

const READ_BYTES = 1024 * 1024;

const { url, clients } = JSON.parse(process.argv[2] ?? "") as DownloadOptions;

/**
 * Sends one GET on a connection of its own and calls `onBody` after each read of the body. Resolves with the answer's head.
 */
function get(address: URL, onBody: (bytes: number) => void): Promise<string> {
  return new Promise((resolve, reject) => {
    const { hostname, port, host, pathname, search } = address;
    let head = "";
    let left = Infinity;
    // Every read goes into the same buffer, because nobody looks at the downloaded bytes.
    const onread = {
      buffer: Buffer.alloc(READ_BYTES),
      callback(read: number, bytes: Uint8Array) {
        let body = read;
        if (left === Infinity) {
          head += Buffer.from(bytes.buffer, bytes.byteOffset, read).toString("latin1");
          const end = head.indexOf("\r\n\r\n");
          if (end < 0) return true;
          body = head.length - end - 4;
          left = Number(/\r\ncontent-length: *(\d+)/i.exec(head)?.[1] ?? 0);
        }
        left -= body;
        if (body > 0) onBody(body);
        if (left <= 0) socket.destroy();
        return true;
      },
    };
    const socket = connect({ host: hostname, port: Number(port), onread });
    socket.write(`GET ${pathname}${search} HTTP/1.1\r\nHost: ${host}\r\nAccept: */*\r\n\r\n`);
    socket.once("error", reject);
    socket.once("close", () => {
      if (left > 0) reject(new Error(`the connection ended ${left} bytes early`));
      else resolve(head);
    });
  });
}

async function download(): Promise<Downloaded> {
  const startedAt = performance.now();
  let firstByteMs = NaN;
  let bytes = 0;
  const take = (read: number) => {
    if (bytes === 0) firstByteMs = performance.now() - startedAt;
    bytes += read;
  };
  let address = new URL(url);
  for (let hops = 0; hops < 3; hops++) {
    bytes = 0;
    const head = await get(address, take);
    const status = Number(head.slice(9, 12));
    const location = /\r\nlocation: *(\S+)/i.exec(head)?.[1];
    if (status === 200) return { bytes, firstByteMs, seconds: (performance.now() - startedAt) / 1000 };
    if (location === undefined) throw new Error(`${address.href} answers ${head.split("\r\n", 1)[0]}`);
    address = new URL(location, address);
  }
  throw new Error("too many redirects");
}

process.stdout.write(JSON.stringify(await Promise.all(Array.from({ length: clients }, download))));
