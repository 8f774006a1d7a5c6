export type ChunkReader = {
  /** The next bytes, or null at the end, also when asked again. */
  next(): Promise<Uint8Array | null>;
  /** Hands the rest over to another reader. Not to be called while a chunk is awaited. */
  release(): void;
  /** Tells the source that no more bytes are wanted. Does nothing after the end. */
  cancel(reason?: unknown): void;
};

type ReadResult = { done: boolean; value?: Uint8Array | undefined };
type ByobReader = {
  readAtLeast?: (minBytes: number, view: Uint8Array) => Promise<ReadResult>;
  cancel(reason?: unknown): Promise<void>;
  releaseLock(): void;
};

/**
 * Reads a stream in chunks of at least `minBytes` (the last may be shorter) where the runtime can, which is Workers;
 * elsewhere the chunks are those of the stream. Small chunks are what costs most there. A chunk is valid only until the next
 * one is asked for: all chunks share one buffer, so that no memory waits for the garbage collector.
 */
export function openChunks(stream: ReadableStream<Uint8Array>, minBytes: number): ChunkReader {
  const byob = byobReader(stream);
  if (byob?.readAtLeast === undefined) {
    byob?.releaseLock();
    return openCopies(stream);
  }

  let memory: ArrayBufferLike = new ArrayBuffer(minBytes);
  return {
    next: async () => {
      const result = await byob.readAtLeast?.(minBytes, new Uint8Array(memory));
      // The buffer passed in was detached. It comes back as part of the result, even at the end.
      memory = result?.value?.buffer ?? new ArrayBuffer(minBytes);
      return result === undefined || result.done ? null : (result.value ?? null);
    },
    release: () => byob.releaseLock(),
    cancel: (reason) => void byob.cancel(reason).catch(() => undefined),
  };
}

/** The same for other runtimes. Chunks are copied into one buffer, so that they are valid for no longer than in Workers. */
function openCopies(stream: ReadableStream<Uint8Array>): ChunkReader {
  const reader = stream.getReader();
  let memory = new Uint8Array();
  return {
    next: async () => {
      const { value } = await reader.read();
      if (value === undefined) return null;
      if (value.length > memory.length) memory = new Uint8Array(value.length);
      memory.set(value);
      return memory.subarray(0, value.length);
    },
    release: () => reader.releaseLock(),
    cancel: (reason) => void reader.cancel(reason).catch(() => undefined),
  };
}

/** A reader that fills our own buffers, or null for a stream that is not a byte stream. */
function byobReader(stream: ReadableStream<Uint8Array>): ByobReader | null {
  try {
    return stream.getReader({ mode: "byob" });
  } catch {
    return null;
  }
}
