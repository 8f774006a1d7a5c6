/** Reads a multipart/byteranges body strictly, as RFC 9110 (section 14.6) and RFC 2046 have it. Throws where it is none. */
export function readByteRanges(contentType: string, body: Uint8Array) {
  const boundary = /^multipart\/byteranges; boundary=([\w'()+,./:=?-]{1,70})$/.exec(contentType)?.[1];
  if (boundary === undefined) throw new Error(`no multipart/byteranges: ${contentType}`);
  const text = Buffer.from(body).toString("latin1");
  const pieces = text.split(`\r\n--${boundary}`);
  if (pieces.shift() !== "" || pieces.pop() !== "--\r\n")
    throw new Error("the body begins or ends otherwise");
  return pieces.map((piece) => {
    const match = /^\r\nContent-Type: (\S+)\r\nContent-Range: bytes (\d+)-(\d+)\/(\d+)\r\n\r\n/.exec(piece);
    if (!match) throw new Error(`a part begins otherwise: ${piece.slice(0, 100)}`);
    const [head, type = "", start, end, size] = match;
    const bytes = Buffer.from(piece.slice(head.length), "latin1");
    return { type, start: Number(start), end: Number(end), size: Number(size), bytes };
  });
}
