import type { Ctx } from "../../core/context.ts";
import { StorageError } from "../../storage/storage.ts";
import { planReads, type ByteRange } from "./byte-ranges.ts";

type Object = { objectKey: string; size: number; contentType: string };

export type RangedAnswer = {
  body: ReadableStream<Uint8Array>;
  /** Length of the whole body. Bytes. */
  length: number;
  contentType: string;
};

const encoder = new TextEncoder();

/**
 * Answers with several ranges of an object in one body of the type multipart/byteranges (RFC 9110, section 14.6), in the
 * order in which they were asked for. They are read from the bucket while the client reads the body.
 */
export function answerRanges(ctx: Ctx, object: Object, ranges: readonly ByteRange[]): RangedAnswer {
  const boundary = `slipway-${crypto.randomUUID()}`;
  const headOf = ({ start, end }: ByteRange) =>
    encoder.encode(
      `\r\n--${boundary}\r\nContent-Type: ${object.contentType}\r\nContent-Range: bytes ${start}-${end}/${object.size}\r\n\r\n`,
    );
  const tail = encoder.encode(`\r\n--${boundary}--\r\n`);
  const bytes = ranges.reduce((sum, range) => sum + headOf(range).length + range.end - range.start + 1, 0);
  async function* parts() {
    for (const read of planReads(ranges)) {
      const found = await ctx.deps.storage.get(object.objectKey, {
        range: { start: read.start, end: read.end },
      });
      if (!found) throw new StorageError("not-found", "the object is gone");
      yield* cut(found.body, read.start, read.ranges, headOf);
    }
    yield tail;
  }
  return {
    body: ofLength(bytes + tail.length, streamOf(parts())),
    length: bytes + tail.length,
    contentType: `multipart/byteranges; boundary=${boundary}`,
  };
}

/** Cuts ranges out of a stream that begins with the first of them, and puts its head before each. */
async function* cut(
  body: ReadableStream<Uint8Array>,
  start: number,
  ranges: readonly ByteRange[],
  headOf: (range: ByteRange) => Uint8Array,
) {
  const waiting = [...ranges];
  let at = start;
  for await (const chunk of body) {
    let offset = 0;
    while (offset < chunk.length) {
      const [range] = waiting;
      if (!range) return;
      const position = at + offset;
      if (position < range.start) {
        offset += Math.min(range.start - position, chunk.length - offset);
        continue;
      }
      if (position === range.start) yield headOf(range);
      const taken = Math.min(range.end + 1 - position, chunk.length - offset);
      yield chunk.slice(offset, offset + taken);
      offset += taken;
      if (position + taken > range.end) waiting.shift();
    }
    at += chunk.length;
  }
  if (waiting.length > 0) throw new StorageError("unavailable", "an object ended early");
}

/** A stream that takes the next chunk when it is read, and takes no more when its reader has left. */
function streamOf(chunks: AsyncGenerator<Uint8Array>): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await chunks.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    cancel: async () => void (await chunks.return(undefined)),
  });
}

/** Workers' own: a body has a Content-Length there only as such a stream, and zsync reads no other. Node has none. */
declare const FixedLengthStream:
  | (new (length: number) => TransformStream<Uint8Array, Uint8Array>)
  | undefined;

function ofLength(length: number, stream: ReadableStream<Uint8Array>): ReadableStream<Uint8Array> {
  if (typeof FixedLengthStream === "undefined") return stream;
  const { readable, writable } = new FixedLengthStream(length);
  // What breaks it breaks the readable end too, for whoever reads.
  stream.pipeTo(writable).catch(() => undefined);
  return readable;
}
