import { createReadStream } from "node:fs";
import { Readable, Transform } from "node:stream";

/** What is sent: a file by its path, or a Blob. */
export type Content = string | Blob;

// Reads of 1 MiB keep node:http near the speed of the loopback; memory is a few of them per job.
const CHUNK_BYTES = 1024 * 1024;

/** The bytes of one part; `count` is told of them as they are taken. Browsers and Workers have another: library/part-body.ts. */
export function partBody(
  content: Content,
  start: number,
  size: number,
  count: (bytes: number) => void,
): Readable | string {
  // No range of a file is empty.
  if (size === 0) return "";
  const end = start + size;
  const source =
    typeof content === "string"
      ? createReadStream(content, { start, end: end - 1, highWaterMark: CHUNK_BYTES })
      : Readable.from(content.slice(start, end).stream());
  const counter = new Transform({
    highWaterMark: CHUNK_BYTES,
    transform(chunk: Buffer, _encoding, done) {
      count(chunk.length);
      done(null, chunk);
    },
  });
  source.on("error", (error: Error) => counter.destroy(error));
  counter.on("close", () => source.destroy());
  return source.pipe(counter);
}
