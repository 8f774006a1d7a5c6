/**
 * A body of these chunks, which are taken as it is read.
 * @param length of all of them. Bytes
 */
export const bodyOf = (length: number, chunks: AsyncGenerator<Uint8Array>): ReadableStream<Uint8Array> =>
  ofLength(length, streamOf(chunks));

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
