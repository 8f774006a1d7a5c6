import type { ExecutionContext } from "@cloudflare/workers-types";

/**
 * How much of a refused upload is read before its answer is sent, because many clients and proxies look for no answer
 * earlier. A client that sends nothing for `idle` is waiting for the answer.
 */
const HELD = { bytes: 256 * 1024 ** 2, milliseconds: 15_000, idle: 500 };
/** How much of it is read in all; RFC 9112, section 9.6. */
const READ = { bytes: 2 * 1024 ** 3, milliseconds: 60_000 };
const CHUNK_BYTES = 256 * 1024;

declare const FixedLengthStream: new (length: number) => TransformStream<Uint8Array, Uint8Array>;

/**
 * Sees to it that a client gets an answer that was given before all of the request's body was read. If the connection were
 * simply closed, it would be reset, and the answer would be lost, so the rest of the body is read and discarded. Most
 * clients, and proxies such as Caddy, look for an answer only once everything is sent, so the answer waits for that, within
 * HELD. Beyond HELD, or where the client expects a word before it sends, the answer is sent at once, and the body is still
 * read, within READ.
 */
export async function settleBody(
  request: Request,
  answer: Response,
  execution: ExecutionContext,
): Promise<Response> {
  const { body } = request;
  if (body === null || body.locked) return answer;
  // Where the body was read to its end, as nearly every accepted request's is, nothing has to be done.
  if (request.bodyUsed && answer.status < 400) return answer;
  const rest = discard(body);
  const isAwaited = request.headers.has("expect");
  if (!isAwaited && (await Promise.race([rest.ended, rest.reached(HELD)]))) return answer;
  if (answer.body === null) {
    execution.waitUntil(rest.ended);
    return answer;
  }
  const bytes = new Uint8Array(await answer.arrayBuffer());
  const { readable, writable } = new FixedLengthStream(bytes.length);
  execution.waitUntil(answerWhile(rest.ended, bytes, writable));
  return new Response(readable, { status: answer.status, headers: answer.headers });
}

/** Writes the whole answer at once, but ends it only when the body has been read: until then workerd keeps reading. */
async function answerWhile(
  bodyEnded: Promise<unknown>,
  bytes: Uint8Array,
  writable: WritableStream<Uint8Array>,
): Promise<void> {
  const writer = writable.getWriter();
  try {
    await writer.write(bytes);
    await bodyEnded;
    await writer.close();
  } catch {
    // The client has gone, with or without its answer.
  }
}

type Discarded = {
  /** True at the body's end, false where it was given up; never rejects. */
  ended: Promise<boolean>;
  /** Resolves to false once the limit of bytes or time is reached, or nothing came for too long. */
  reached: (limit: typeof HELD) => Promise<false>;
};

/** Reads a body and discards it, within READ. */
function discard(body: ReadableStream<Uint8Array>): Discarded {
  const reader = body.getReader({ mode: "byob" });
  let bytes = 0;
  let onProgress = () => {};

  async function readAway(): Promise<boolean> {
    const timer = setTimeout(() => void reader.cancel().catch(() => {}), READ.milliseconds);
    try {
      let memory = new ArrayBuffer(CHUNK_BYTES);
      while (bytes < READ.bytes) {
        const chunk: ReadableStreamReadResult<Uint8Array<ArrayBuffer>> = await reader.read(
          new Uint8Array(memory),
        );
        if (chunk.done) return true;
        bytes += chunk.value.byteLength;
        memory = chunk.value.buffer;
        onProgress();
      }
      await reader.cancel();
    } catch {
      // The client has stopped sending.
    } finally {
      clearTimeout(timer);
    }
    return false;
  }

  return {
    ended: readAway(),
    reached: (limit) =>
      new Promise((resolve) => {
        const giveUp = () => resolve(false);
        setTimeout(giveUp, limit.milliseconds);
        let idle = setTimeout(giveUp, limit.idle);
        onProgress = () => {
          clearTimeout(idle);
          idle = setTimeout(giveUp, limit.idle);
          if (bytes >= limit.bytes) giveUp();
        };
      }),
  };
}
