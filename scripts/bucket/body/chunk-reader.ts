import { refusals } from "../http/refusal.ts";

/** The longest head of a chunk, or trailer; the longest that clients send have some hundred bytes. */
const MAX_LINE_BYTES = 4096;

/** Reads a stream by lines and by counted bytes in turn. Refuses one that ends too early. */
export function createReader(source: AsyncIterable<Buffer>) {
  const iterator = source[Symbol.asyncIterator]();
  let rest: Buffer = Buffer.alloc(0);

  async function more(): Promise<Buffer> {
    const { done, value } = await iterator.next();
    if (done) throw refusals.incomplete();
    return value;
  }

  return {
    /** The next line, without its CRLF. */
    async line(): Promise<string> {
      for (;;) {
        const end = rest.indexOf("\r\n");
        if (end > MAX_LINE_BYTES || (end < 0 && rest.length > MAX_LINE_BYTES)) {
          throw refusals.invalidRequest("A line between chunks is too long.");
        }
        if (end >= 0) {
          const line = rest.toString("latin1", 0, end);
          rest = rest.subarray(end + 2);
          return line;
        }
        rest = Buffer.concat([rest, await more()]);
      }
    },
    /** The bytes that have come, at least 1 and at most `most`. */
    async some(most: number): Promise<Buffer> {
      while (rest.length === 0) rest = await more();
      const found = rest.subarray(0, most);
      rest = rest.subarray(found.length);
      return found;
    },
  };
}
