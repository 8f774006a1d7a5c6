import type { Ctx } from "../../core/context.ts";
import { readZsyncHead, zsyncHeadAt, ZSYNC_HEAD_BYTES } from "../../kit/zsync.ts";
import { StorageError } from "../../storage/storage.ts";
import { bodyOf } from "./bodies.ts";

/** Whether a name is that of a zsync file. */
export const isZsyncFile = (fileName: string) => /\.zsync$/i.test(fileName);

type ZsyncFile = {
  /** Bytes. */
  length: number;
  /** Begins to read the body. */
  open: () => ReadableStream<Uint8Array>;
};

/**
 * A zsync file that names its package at this address. As it was made it names a file beside it, by the name that the
 * publisher's machine had for it, which a client would look for in the bucket.
 * @param url absolute; the client asks it for several ranges at once
 */
export async function readZsyncFile(
  ctx: Ctx,
  file: { objectKey: string; size: number },
  url: string,
): Promise<ZsyncFile> {
  const start: Uint8Array[] = [];
  for await (const chunk of read(ctx, file.objectKey, 0, Math.min(ZSYNC_HEAD_BYTES, file.size)))
    start.push(chunk);
  const bytes = Buffer.concat(start);
  const head = readZsyncHead(bytes);
  const first = head ? Buffer.concat([zsyncHeadAt(head, url), bytes.subarray(head.length)]) : bytes;
  const length = file.size + first.length - bytes.length;
  async function* whole() {
    yield first;
    if (bytes.length < file.size) yield* read(ctx, file.objectKey, bytes.length, file.size);
  }
  return { length, open: () => bodyOf(length, whole()) };
}

/** The bytes of an object from `start` to before `end`. */
async function* read(ctx: Ctx, objectKey: string, start: number, end: number) {
  const found = await ctx.deps.storage.get(objectKey, { range: { start, end: end - 1 } });
  if (!found) throw new StorageError("not-found", "the object is gone");
  yield* found.body;
}
