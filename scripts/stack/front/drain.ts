import type { ExecutionContext } from "@cloudflare/workers-types";

/** A refused upload is read on for so long and so far at most; RFC 9112, section 9.6. */
const LONGEST_MS = 60_000;
const MOST_BYTES = 2 * 1024 ** 3;
const CHUNK_BYTES = 256 * 1024;

/**
 * Sees to it that an answer given before all of the request's body was read reaches a client that is still sending: the
 * answer goes out at once, the rest of the body is read and discarded meanwhile, and the connection then serves on. Closed
 * under the client's hands, it would be a reset, and the answer lost.
 */
export async function settleBody(
  request: Request,
  answer: Response,
  execution: ExecutionContext,
): Promise<Response> {
  const { body } = request;
  if (body === null || body.locked) return answer;
  // What was read to its end, as that of nearly every accepted request, needs nothing.
  if (request.bodyUsed && answer.status < 400) return answer;
  if (answer.status < 400 || answer.body === null) {
    execution.waitUntil(discard(body));
    return answer;
  }
  const bytes = new Uint8Array(await answer.arrayBuffer());
  const { readable, writable } = new FixedLengthStream(bytes.length);
  execution.waitUntil(answerWhile(discard(body), bytes, writable));
  return new Response(readable, { status: answer.status, headers: answer.headers });
}

declare const FixedLengthStream: new (length: number) => TransformStream<Uint8Array, Uint8Array>;

/** Writes the whole answer at once, and ends it when the body is done with: until then workerd keeps reading. */
async function answerWhile(
  discarded: Promise<void>,
  bytes: Uint8Array,
  writable: WritableStream<Uint8Array>,
): Promise<void> {
  const writer = writable.getWriter();
  try {
    await writer.write(bytes);
    await discarded;
    await writer.close();
  } catch {
    // The client has gone, with or without its answer.
  }
}

async function discard(body: ReadableStream<Uint8Array>): Promise<void> {
  const reader = body.getReader({ mode: "byob" });
  const timer = setTimeout(() => void reader.cancel().catch(() => {}), LONGEST_MS);
  try {
    let memory = new ArrayBuffer(CHUNK_BYTES);
    for (let read = 0; read < MOST_BYTES;) {
      const chunk: ReadableStreamReadResult<Uint8Array<ArrayBuffer>> = await reader.read(
        new Uint8Array(memory),
      );
      if (chunk.done) return;
      read += chunk.value.byteLength;
      memory = chunk.value.buffer;
    }
    await reader.cancel();
  } catch {
    // The client has stopped sending.
  } finally {
    clearTimeout(timer);
  }
}
