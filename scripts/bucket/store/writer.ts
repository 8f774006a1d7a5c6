import type { FileHandle } from "node:fs/promises";
import type { Files, HeldFile } from "./files.ts";
import type { WrittenFile } from "./written-files.ts";

/** Where bytes are written. `cancelled` is checked before every write; `writing` is the last write that was begun. */
export type Slot = { file: HeldFile; offset: number; cancelled: boolean; writing: Promise<unknown> };

/** Fewer, larger writes, because each costs a trip to the thread pool. */
const WRITE_BYTES = 1024 ** 2;
/** After so many bytes the disk is told to begin writing, so that little is left for the sync at the end. */
const SYNC_EVERY_BYTES = 16 * 1024 ** 2;

/** A slot that nobody can cancel. */
export const wholeFile = (file: HeldFile): Slot => ({
  file,
  offset: 0,
  cancelled: false,
  writing: Promise.resolve(),
});

/**
 * Writes a body into its slot while the rest of it arrives. Resolves once it is on the disk.
 * @param onCancel makes the error of a slot that was cancelled
 */
export async function writeBody(
  files: Files,
  slot: Slot,
  chunks: AsyncIterable<Buffer>,
  onCancel: () => Error = () => new Error("The write was cancelled."),
): Promise<void> {
  const target = await files.openToWrite(slot.file);
  try {
    await fill(target, slot, chunks, onCancel);
    await target.sync();
  } finally {
    // A write that is still under way must end before the slot can be used for anything else.
    await slot.writing.catch(() => undefined);
    await target.close();
  }
}

async function fill(
  { handle, sync }: WrittenFile,
  slot: Slot,
  chunks: AsyncIterable<Buffer>,
  onCancel: () => Error,
): Promise<void> {
  let batch: Buffer[] = [];
  let [batched, position, unsynced] = [0, slot.offset, 0];
  const early = { running: false };

  async function flush(): Promise<void> {
    await slot.writing;
    if (slot.cancelled) throw onCancel();
    slot.writing = writeAll(handle, batch, position);
    // Whoever awaits the write learns of its failure. Until somebody does, the failure must not count as unhandled.
    slot.writing.catch(() => undefined);
    position += batched;
    unsynced += batched;
    [batch, batched] = [[], 0];
  }

  for await (const chunk of chunks) {
    batch.push(chunk);
    batched += chunk.length;
    if (batched < WRITE_BYTES) continue;
    await flush();
    if (unsynced < SYNC_EVERY_BYTES || early.running) continue;
    [unsynced, early.running] = [0, true];
    // A write that fails here fails again at the end.
    void sync().then(
      () => (early.running = false),
      () => undefined,
    );
  }
  if (batched > 0) await flush();
  await slot.writing;
}

async function writeAll(handle: FileHandle, buffers: Buffer[], position: number): Promise<void> {
  let left = buffers;
  let at = position;
  while (left.length > 0) {
    const { bytesWritten } = await handle.writev(left, at);
    at += bytesWritten;
    left = skip(left, bytesWritten);
  }
}

/** What is left of the buffers after their first `bytes`. */
function skip(buffers: Buffer[], bytes: number): Buffer[] {
  let left = bytes;
  const first = buffers.findIndex((buffer) => {
    if (left < buffer.length) return true;
    left -= buffer.length;
    return false;
  });
  if (first < 0) return [];
  const [partial, ...rest] = buffers.slice(first);
  return partial ? [partial.subarray(left), ...rest] : rest;
}

/** Copies bytes of one file into another, in steps. */
export async function copyRange(
  from: FileHandle,
  to: FileHandle,
  { offset, size, target }: { offset: number; size: number; target: number },
): Promise<void> {
  for (let done = 0; done < size;) {
    const buffer = Buffer.allocUnsafe(Math.min(WRITE_BYTES, size - done));
    const { bytesRead } = await from.read(buffer, 0, buffer.length, offset + done);
    if (bytesRead === 0) throw new Error("A data file is shorter than its row says.");
    await writeAll(to, [buffer.subarray(0, bytesRead)], target + done);
    done += bytesRead;
  }
}
