import { createHash, type Hash } from "node:crypto";
import { open, type FileHandle } from "node:fs/promises";
import type { Files } from "./files.ts";
import type { PartRow, UploadRows } from "./upload-rows.ts";

/** How far a file is hashed: its first `bytes`, which are the upload's parts before `nextPart`. */
type Running = {
  file: string;
  hash: Hash;
  bytes: number;
  nextPart: number;
  /** What was hashed is, or may be, no longer what the object will begin with. */
  void: boolean;
  working: Promise<void>;
};

/** Hashed in one go between other work of this process: well under a millisecond. */
const READ_BYTES = 1024 ** 2;
/** How long whoever completes an upload waits for its hash: a slow disk is better read once, by whoever needs the bytes. */
const LATE_HASH_MS = 5_000;

/**
 * SHA-256 of objects, taken while their parts arrive: over the acknowledged parts from the first on, as far as they are
 * in the main file where they belong, read back from it. Nothing rewrites what an acknowledged part in its place has
 * there, until another takes over from that part: then the upload's hash is void, and is not begun again before the upload
 * is completed, so that sending a part again and again costs no more than its own bytes. It is in memory alone.
 */
export function runningHashes(files: Files, rows: UploadRows) {
  const uploads = new Map<string, Running>();
  let closed = false;

  /** Hashes what is ready of an upload. */
  async function advance(id: string, running: Running): Promise<void> {
    if (running.void) return;
    await withFile(files, running.file, async (handle) => {
      for (;;) {
        if (running.void) return;
        const part = rows.part(id, running.nextPart);
        if (part?.file !== running.file || part.offset !== running.bytes) return;
        await feed(running, handle, part.offset + part.size);
        running.nextPart++;
      }
    });
  }

  return {
    /** Another takes over from an acknowledged part; to be said in the same step. */
    replaced(id: string, part: PartRow | undefined): void {
      const running = uploads.get(id);
      if (part && running) running.void = true;
    },
    /** A part of the upload has been acknowledged. */
    partStored(id: string): void {
      const upload = rows.find(id);
      if (upload?.file == null || closed) return;
      const known = uploads.get(id);
      const running = known ?? begin(upload.file);
      // A larger part has begun a new main file.
      if (running.file !== upload.file) running.void = true;
      uploads.set(id, running);
      running.working = running.working
        .then(() => advance(id, running))
        .catch(() => void (running.void = true));
    },
    /**
     * SHA-256 in base64 of the file that is to be an upload's object; undefined where more than `most` bytes are left to be
     * hashed, or where that takes too long. The upload must be sealed, and the file as it will stay.
     */
    async finish(id: string, file: string, size: number, most: number): Promise<string | undefined> {
      const known = uploads.get(id);
      const isOfFile = known && !known.void && known.file === file && known.bytes <= size;
      const running = isOfFile ? known : begin(file);
      if (size - running.bytes > most) return undefined;
      await running.working;
      try {
        const until = performance.now() + LATE_HASH_MS;
        await withFile(files, file, (handle) => feed(running, handle, size, until));
        if (running.void || running.bytes !== size) return undefined;
        return running.hash.copy().digest("base64");
      } catch {
        // Whoever needs the hash reads the bytes, and learns what is wrong with them.
        return undefined;
      }
    },
    forget(id: string): void {
      const running = uploads.get(id);
      if (running) running.void = true;
      uploads.delete(id);
    },
    /** Begins nothing any more, and resolves once nothing is read. */
    async close(): Promise<void> {
      closed = true;
      for (const running of uploads.values()) running.void = true;
      await Promise.all([...uploads.values()].map(({ working }) => working));
    },
  };
}

const begin = (file: string): Running => ({
  file,
  hash: createHash("sha256"),
  bytes: 0,
  nextPart: 1,
  void: false,
  working: Promise.resolve(),
});

async function withFile(
  files: Files,
  name: string,
  work: (handle: FileHandle) => Promise<void>,
): Promise<void> {
  const held = files.hold(name);
  try {
    const handle = await open(held.path, "r");
    try {
      await work(handle);
    } finally {
      await handle.close();
    }
  } finally {
    held.release();
  }
}

/** Hashes on up to `end`, unless the hash becomes void, or it is `until` by the process's own clock. */
async function feed(running: Running, handle: FileHandle, end: number, until = Infinity): Promise<void> {
  const buffer = Buffer.allocUnsafeSlow(Math.min(READ_BYTES, end - running.bytes));
  while (running.bytes < end && !running.void && performance.now() < until) {
    const { bytesRead } = await handle.read(
      buffer,
      0,
      Math.min(buffer.length, end - running.bytes),
      running.bytes,
    );
    if (bytesRead === 0) throw new Error("A data file is shorter than its row says.");
    running.hash.update(buffer.subarray(0, bytesRead));
    running.bytes += bytesRead;
  }
}
