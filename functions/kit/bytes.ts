export type ChunkReader = {
  /** The next bytes, or null at the end, however often it is asked for. */
  next(): Promise<Uint8Array | null>;
  /** Leaves the rest to whoever reads on; not while a chunk is asked for. */
  release(): void;
  /** Tells the source that no more is wanted; does nothing after the end. */
  cancel(reason?: unknown): void;
};

type ReadResult = { done: boolean; value?: Uint8Array | undefined };
type ByobReader = {
  readAtLeast?: (minBytes: number, view: Uint8Array) => Promise<ReadResult>;
  cancel(reason?: unknown): Promise<void>;
  releaseLock(): void;
};

/**
 * Reads a stream in chunks of at least `minBytes` (the last may be shorter) where the runtime can, that is in
 * Workers; elsewhere in the chunks that the stream itself has. Small chunks are what costs most there.
 * A chunk is valid only until the next is asked for: one buffer serves them all, so that no memory waits for the
 * garbage collector.
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
      // The memory given was detached; it comes back under the value, at the end too.
      memory = result?.value?.buffer ?? new ArrayBuffer(minBytes);
      return result === undefined || result.done ? null : (result.value ?? null);
    },
    release: () => byob.releaseLock(),
    cancel: (reason) => void byob.cancel(reason).catch(() => undefined),
  };
}

/** The same for other runtimes: copied into one buffer, so that a chunk is no longer valid there than in Workers. */
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

/** A reader into own buffers, or null for a stream that is not one of bytes. */
function byobReader(stream: ReadableStream<Uint8Array>): ByobReader | null {
  try {
    return stream.getReader({ mode: "byob" });
  } catch {
    return null;
  }
}
