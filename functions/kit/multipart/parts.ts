import type { ChunkReader } from "../bytes.ts";

export type MultipartErrorCode =
  | "malformed"
  | "truncated"
  | "too-large"
  | "too-many-fields"
  | "field-too-large"
  | "not-multipart";

/** A request body that cannot be taken; `message` is for logs. */
export class MultipartError extends Error {
  readonly code: MultipartErrorCode;
  constructor(code: MultipartErrorCode, message: string = code, options?: { cause?: unknown }) {
    super(message, options);
    this.name = "MultipartError";
    this.code = code;
  }
}

export type PartReader = {
  /**
   * The header block of the next part, or null after the last. What is unread of the part before is skipped. The block is
   * valid only until the next call, like a chunk.
   */
  nextPart(): Promise<Uint8Array | null>;
  /** The next bytes of the current part, never empty, or null at its end. */
  nextChunk(): Promise<Uint8Array | null>;
};

const CR = 0x0d;
const CRLF = "\r\n";
const encode = (text: string) => new TextEncoder().encode(text);
const HEADERS_END = encode(CRLF + CRLF);

/**
 * Splits a multipart body into parts. It asks for more bytes only when those at hand are used up, and copies only the few
 * bytes where two chunks meet. A line that begins like the boundary but goes on differently is content. Source: RFC 2046,
 * section 5.1.1.
 */
export function createPartReader(body: ChunkReader, boundary: string, maxHeaderBytes: number): PartReader {
  const delimiter = encode(`${CRLF}--${boundary}`);
  let buffer: Uint8Array = new Uint8Array();
  let position = 0;
  let place: "start" | "preamble" | "content" | "boundary" | "end" = "start";

  async function more(): Promise<boolean> {
    // The next read uses the buffer's memory again.
    buffer = new Uint8Array(buffer.subarray(position));
    position = 0;
    let chunk: Uint8Array | null;
    try {
      chunk = await body.next();
    } catch (cause) {
      throw new MultipartError("truncated", "the request body broke off", { cause });
    }
    if (chunk === null) return false;
    buffer = buffer.length === 0 ? chunk : Buffer.concat([buffer, chunk]);
    return true;
  }

  async function need(count: number): Promise<void> {
    while (buffer.length - position < count) if (!(await more())) throw new MultipartError("truncated");
  }

  /** The first boundary mostly has no line before it. */
  async function begin(): Promise<void> {
    const length = delimiter.length - CRLF.length;
    await need(length + 2);
    const first = delimiter.subarray(CRLF.length).every((byte, index) => buffer[index] === byte);
    place = first && isBoundaryEnd(buffer, length) ? "boundary" : "preamble";
    if (place === "boundary") take(length);
  }

  function take(end: number): Uint8Array {
    const taken = buffer.subarray(position, end);
    position = end;
    return taken;
  }

  async function nextChunk(): Promise<Uint8Array | null> {
    while (place === "content" || place === "preamble") {
      const found = indexOfPrefix(buffer, delimiter, position);
      if (found > position) return take(found);
      const after = position + delimiter.length;
      if (after + 2 > buffer.length) {
        if (!(await more())) throw new MultipartError("truncated");
      } else if (isBoundaryEnd(buffer, after)) {
        take(after);
        place = "boundary";
      } else {
        return take(after);
      }
    }
    return null;
  }

  /** Skips what stands outside of parts, which is allowed but means nothing. */
  async function skip(next: () => Promise<Uint8Array | null>): Promise<void> {
    let size = 0;
    for (let chunk = await next(); chunk !== null; chunk = await next()) {
      size += chunk.length;
      if (size > maxHeaderBytes) throw new MultipartError("malformed", "too much outside of the parts");
    }
  }

  async function nextPart(): Promise<Uint8Array | null> {
    if (place === "start") await begin();
    if (place === "preamble") await skip(nextChunk);
    while ((await nextChunk()) !== null);
    if (place === "end") return null;

    if (buffer[position] !== CR) {
      place = "end";
      await skip(async () => (position < buffer.length || (await more()) ? take(buffer.length) : null));
      return null;
    }
    let end = indexOfPrefix(buffer, HEADERS_END, position);
    while (end + HEADERS_END.length > buffer.length) {
      if (end - position > maxHeaderBytes) break;
      const unread = end - position;
      await need(buffer.length - position + 1);
      end = indexOfPrefix(buffer, HEADERS_END, position + unread);
    }
    if (end - position > maxHeaderBytes) throw new MultipartError("malformed", "part headers are too long");
    const block = take(end).subarray(CRLF.length);
    take(end + HEADERS_END.length);
    place = "content";
    return block;
  }

  return { nextPart, nextChunk };
}

/** After a boundary comes a line end, or "--" when it is the last. */
function isBoundaryEnd(bytes: Uint8Array, at: number): boolean {
  const pair = String.fromCharCode(bytes[at] ?? 0, bytes[at + 1] ?? 0);
  return pair === CRLF || pair === "--";
}

/**
 * The position at which `needle`, or the part of it that fits before the end of `bytes`, first occurs; `bytes.length` where
 * there is none. The runtime searches for the whole needle, so only the last bytes are left to be searched for a beginning
 * of it.
 */
function indexOfPrefix(bytes: Uint8Array, needle: Uint8Array, from: number): number {
  const found = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).indexOf(needle, from);
  if (found !== -1) return found;
  for (let start = Math.max(from, bytes.length - needle.length + 1); start < bytes.length; start += 1) {
    let length = 0;
    while (start + length < bytes.length && bytes[start + length] === needle[length]) length += 1;
    if (start + length === bytes.length) return start;
  }
  return bytes.length;
}
