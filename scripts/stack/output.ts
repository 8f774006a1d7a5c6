import { closeSync, constants, fstatSync, openSync, write } from "node:fs";
import { Socket } from "node:net";

/** Output that is kept for a slow reader. What exceeds it is dropped, and a line tells how much. Bytes. */
const MAX_WAITING = 1024 * 1024;
const RETRY_MS = 100;
/** How long a reader may take for the last lines when the stack stops. */
const LAST_LINES_MS = 500;

/** Standard output or error for a server that must go on when nobody reads it. Unlike Node's own streams, it never waits. */
export type Output = {
  write: (text: string) => void;
  /** Whether further output would have to wait. */
  readonly busy: boolean;
  /** Resolves when all is written, or the reader has had half a second for it. */
  end: () => Promise<void>;
};

/** Opens standard output (1) or error (2). */
export function openOutput(fd: 1 | 2): Output {
  const send = sender(fd);
  let waiting: Buffer[] = [];
  let bytes = 0;
  let dropped = 0;
  let sending: Promise<void> | null = null;
  let closed = false;

  async function pump(): Promise<void> {
    while (waiting.length > 0 && !closed) {
      const next = Buffer.concat(waiting);
      waiting = [];
      const taken = await send(next).catch(() => null);
      if (taken === null) closed = true;
      else if (taken < next.length) waiting.unshift(next.subarray(taken));
      bytes -= taken ?? bytes;
      if (taken === 0) await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
      if (dropped > 0 && waiting.length === 0) {
        const line = Buffer.from(`(${dropped} bytes of output were dropped while nobody read them)\n`);
        dropped = 0;
        bytes += line.length;
        waiting.push(line);
      }
    }
    sending = null;
  }

  return {
    get busy() {
      return bytes > MAX_WAITING / 2;
    },
    write(text) {
      const data = Buffer.from(text);
      if (closed) return;
      if (bytes + data.length > MAX_WAITING) {
        dropped += data.length;
        return;
      }
      bytes += data.length;
      waiting.push(data);
      sending ??= pump();
    },
    async end() {
      await Promise.race([sending, new Promise((resolve) => setTimeout(resolve, LAST_LINES_MS).unref())]);
      closed = true;
    },
  };
}

/** Writes what can be written now and says how many bytes that was. Rejects when the reader has gone. */
function sender(fd: 1 | 2): (data: Buffer) => Promise<number> {
  if (neverBlocks(fd)) return (data) => writeTo(fd, data);
  try {
    // Opened as a description of our own, because other programs share the one that we were given and would be surprised by
    // a change of its mode.
    const own = openSync(
      `/proc/self/fd/${fd}`,
      constants.O_WRONLY | constants.O_NONBLOCK | constants.O_NOCTTY,
    );
    process.once("exit", () => closeSync(own));
    return (data) => writeTo(own, data);
  } catch {
    // A socket, as systemd gives, cannot be opened again.
    const socket = new Socket({ fd, readable: false, writable: true });
    socket.on("error", () => {}).unref();
    return (data) =>
      new Promise((resolve, reject) => {
        socket.write(data, (error) => (error ? reject(error) : resolve(data.length)));
      });
  }
}

const writeTo = (fd: number, data: Buffer) =>
  new Promise<number>((resolve, reject) => {
    write(fd, data, (error, taken) => {
      if (error?.code === "EAGAIN") resolve(0);
      else if (error) reject(error);
      else resolve(taken);
    });
  });

/** Whether standard output can be handed to a server as it is: a file takes everything, whether it is read or not. */
export function neverBlocks(fd: 1 | 2): boolean {
  try {
    return fstatSync(fd).isFile();
  } catch {
    return false;
  }
}
