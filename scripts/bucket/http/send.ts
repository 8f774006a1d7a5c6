import { open, stat, type FileHandle } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { lengthOf, type Answer, type FileBody, type Range } from "./answer.ts";
import { drain, hasRest } from "./drain.ts";

export type Sending = {
  /** Set where the front streams files itself. */
  handsOver: boolean;
  /** For tests: half of the body is sent, then the connection is cut. */
  cutShort: boolean;
};

/** Large, so that a gigabyte takes a thousand trips to the thread pool instead of sixteen thousand. */
const READ_BYTES = 1024 ** 2;
/** A refused body of at most this size is read before the refusal is sent, so that the connection can be used again. */
const SMALL_BYTES = 1024 ** 2;
/** How long the front may take to open a file after it was told its name. */
const HAND_OVER_MS = 10_000;

/** Sends an answer, and discards whatever is left of the request's body. */
export async function send(
  request: IncomingMessage,
  response: ServerResponse,
  answer: Answer,
  { handsOver, cutShort }: Sending,
): Promise<void> {
  const { status, headers = {}, body } = answer;
  const file = typeof body === "object" ? body : undefined;
  let release = file?.release;
  try {
    const small = Number(request.headers["content-length"] ?? SMALL_BYTES) < SMALL_BYTES;
    if (hasRest(request) && small && request.headers.expect === undefined) await drain(request);
    if (hasRest(request)) response.shouldKeepAlive = false;
    if (file && handsOver && (await handOver(request, response, answer, file))) {
      setTimeout(file.release, HAND_OVER_MS).unref();
      release = undefined;
      return;
    }
    const length = lengthOf(body);
    if (status !== 204 && status !== 304) response.setHeader("content-length", String(length));
    response.writeHead(status, headers);
    if (request.method === "HEAD" || status === 304) return void response.end();
    const sink = { response, left: cutShort ? Math.floor(length / 2) : length };
    if (file) await sendFile(sink, file);
    else await write(sink, Buffer.from(typeof body === "string" ? body : ""));
    if (cutShort) return void response.destroy();
    // If the connection were closed with bytes unread, the client would not get the answer either.
    if (hasRest(request)) await drain(request);
    response.end();
  } finally {
    release?.();
  }
}

/** Answers with the file's name in place of its bytes, where the front asks for that and the answer is a single range. */
async function handOver(
  request: IncomingMessage,
  response: ServerResponse,
  { status, headers }: Answer,
  { path, name, segments }: FileBody,
): Promise<boolean> {
  const [range, ...more] = segments;
  if (request.method !== "GET" || request.headers["x-slipway-file"] !== "accept") return false;
  if (typeof range !== "object" || more.length > 0) return false;
  const { size } = await stat(path);
  // A server that was killed may not have cut the file to its object yet.
  if (status === 200 && size !== range.end + 1) return false;
  const length = String(range.end - range.start + 1);
  response.writeHead(status, {
    ...headers,
    "content-length": "0",
    "x-slipway-file": name,
    "x-slipway-length": length,
  });
  response.end();
  return true;
}

type Sink = { response: ServerResponse; left: number };

async function sendFile(sink: Sink, { path, segments }: FileBody): Promise<void> {
  const handle = await open(path, "r");
  try {
    const buffers = [
      Buffer.allocUnsafeSlow(bufferBytes(segments)),
      Buffer.allocUnsafeSlow(bufferBytes(segments)),
    ];
    for (const segment of segments) {
      if (typeof segment === "string") await write(sink, Buffer.from(segment));
      else await sendRange(sink, handle, segment, buffers);
    }
  } finally {
    await handle.close();
  }
}

/** Reads into one buffer while the other is being sent. */
async function sendRange(sink: Sink, handle: FileHandle, { start, end }: Range, buffers: Buffer[]) {
  let sending: Promise<void> = Promise.resolve();
  for (let at = start, turn = 0; at <= end && sink.left > 0; turn++) {
    const buffer = buffers[turn % 2] ?? Buffer.alloc(0);
    const { bytesRead } = await handle.read(buffer, 0, Math.min(buffer.length, end - at + 1), at);
    if (bytesRead === 0) throw new Error("A data file is shorter than its row says.");
    at += bytesRead;
    await sending;
    sending = write(sink, buffer.subarray(0, bytesRead));
    sending.catch(() => undefined);
  }
  await sending;
}

const bufferBytes = (segments: FileBody["segments"]) =>
  Math.min(
    READ_BYTES,
    Math.max(...segments.map((one) => (typeof one === "string" ? 0 : one.end - one.start + 1)), 1),
  );

/** Resolves once the system has taken the bytes, so that their buffer can be used again. */
async function write(sink: Sink, bytes: Buffer): Promise<void> {
  const { response } = sink;
  const part = bytes.subarray(0, sink.left);
  sink.left -= part.length;
  if (part.length === 0) return;
  await new Promise<void>((resolve, reject) => {
    const gone = () => reject(new Error("The client has gone."));
    if (response.destroyed) return gone();
    response.once("close", gone);
    response.write(part, (error) => {
      response.off("close", gone);
      if (error) reject(error);
      else resolve();
    });
  });
}
