import type { Readable } from "node:stream";
import { StringDecoder } from "node:string_decoder";
import { shorten } from "../../functions/kit/text.ts";

/** The longest line that is read as JSON: a result of 64 KiB with every character escaped. */
const MAX_LINE_BYTES = 256 * 1024;
/** How much is read of a line that only goes to the log. */
const MAX_TEXT_BYTES = 8 * 1024;
const NEWLINE = 0x0a;
const BRACE = 0x7b;

/**
 * Calls `take` with each line of a stream, without its line end. Whatever is printed, no more than 256 KiB are held: the
 * rest of a longer line is dropped, of one that does not begin with "{" already what is beyond 8 KiB. What was cut ends in a
 * mark that says so.
 */
export async function eachLine(stream: Readable, take: (line: string) => void): Promise<void> {
  let held: Buffer[] = [];
  let [size, dropped, lost] = [0, 0, 0];

  function hold(piece: Buffer): void {
    const isJson = (held[0] ?? piece)[0] === BRACE;
    const room = Math.max(0, (isJson ? MAX_LINE_BYTES : MAX_TEXT_BYTES) - size);
    dropped += Math.max(0, piece.length - room);
    for (const byte of piece.subarray(room)) if (beginsCharacter(byte)) lost++;
    if (room === 0 || piece.length === 0) return;
    // Copied, or a few bytes would keep the whole chunk.
    const kept = Buffer.from(piece.subarray(0, room));
    held.push(kept);
    size += kept.length;
  }
  function end(): void {
    const bytes = Buffer.concat(held);
    const line = dropped === 0 ? bytes.toString("utf8") : cutLine(bytes, lost);
    held = [];
    [size, dropped, lost] = [0, 0, 0];
    take(line.endsWith("\r") ? line.slice(0, -1) : line);
  }

  for await (const chunk of stream as AsyncIterable<Buffer>) {
    let start = 0;
    for (let at = chunk.indexOf(NEWLINE); at !== -1; at = chunk.indexOf(NEWLINE, start)) {
      hold(chunk.subarray(start, at));
      end();
      start = at + 1;
    }
    hold(chunk.subarray(start));
  }
  if (size > 0) end();
}

/** In UTF-8. */
const beginsCharacter = (byte: number) => (byte & 0xc0) !== 0x80;

/** What was held of a line that goes on, with the characters that begin behind it. */
function cutLine(held: Buffer, lost: number): string {
  // Without the character that the cut went through.
  const text = new StringDecoder("utf8").write(held);
  return shorten(text, Infinity, Buffer.byteLength(text) < held.length ? lost + 1 : lost);
}
