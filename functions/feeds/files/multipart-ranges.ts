import type { Ctx } from "../../core/context.ts";
import { StorageError } from "../../storage/storage.ts";
import { bodyOf } from "./bodies.ts";
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
    body: bodyOf(bytes + tail.length, parts()),
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
