import { createHash, type Hash } from "node:crypto";
import { open, type FileHandle } from "node:fs/promises";
import type { Files } from "./files.ts";
import type { PartRow, UploadRows } from "./upload-rows.ts";

/** How far a file is hashed: its first `bytes`, which are the parts before `nextPart`. */
type Running = {
  file: string;
  hash: Hash;
  bytes: number;
  nextPart: number;
  /** True once what was hashed may differ from the beginning of the object. */
  void: boolean;
  working: Promise<void>;
};

/** How much is hashed in one go, between other work of this process: well under a millisecond. */
const READ_BYTES = 1024 ** 2;
/**
 * How long completing an upload waits for its hash. On a slow disk, it is better that the bytes are read once, by whoever
 * needs them.
 */
const LATE_HASH_MS = 5_000;

/**
 * Takes the SHA-256 of objects while their parts arrive. It reads the acknowledged parts back from the main file, from the
 * first part on, as far as they are where they belong. An acknowledged part in its place never changes until another one
 * replaces it. Then the upload's hash is void; it is not begun again before the upload is completed, so that sending a part
 * again and again costs no more than its own bytes. Hashes are kept in memory alone.
 */
export function runningHashes(files: Files, rows: UploadRows) {
  const uploads = new Map<string, Running>();
  let closed = false;

  /** Hashes the parts of an upload that are ready. */
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
    /** Another part replaces an acknowledged one. To be called in the step that replaces it. */
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
     * The SHA-256 in base64 of the file that is to be an upload's object; undefined where more than `most` bytes are left to
     * be hashed, or where that takes too long. The upload must be sealed, and the file must be final.
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
        // Whoever then needs the hash reads the bytes, and finds out what is wrong with them.
        return undefined;
      }
    },
    forget(id: string): void {
      const running = uploads.get(id);
      if (running) running.void = true;
      uploads.delete(id);
    },
    /** Begins nothing more; resolves once nothing is being read. */
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

/** Hashes up to `end`, unless the hash becomes void or the process's own clock reaches `until`. */
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
