import { copyFile, link, open, readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { readOldObjects, type OldObject } from "./import/old-rows.ts";
import type { HeldFile } from "./store/files.ts";
import { openStore, type Store } from "./store/store.ts";
import { copyRange } from "./store/writer.ts";

export type ImportOptions = {
  /** Miniflare's folder for R2 (`r2Persist`). */
  from: string;
  /** The id that Miniflare kept the bucket under. */
  bucketId: string;
  /** The folder of the bucket that takes the objects; nobody else may have it open. */
  to: string;
  durable?: boolean;
};

/** Says in the new bucket that the old one is done with: what is deleted here later must not come back from there. */
const DONE = "imported-r2";
const OLD_ROWS = "miniflare-R2BucketObject";

/**
 * Takes over the objects that an earlier stack kept in Miniflare's R2, with their metadata, ETags and dates; multipart
 * uploads under way are not. Files are linked where that is possible. The old ones are removed once all are here. It may
 * be killed at any moment and run again, also when there is nothing to take.
 * @returns how many objects were taken by this run
 */
export async function importR2({ from, bucketId, to, durable = true }: ImportOptions): Promise<number> {
  const rows = join(from, OLD_ROWS);
  const databases = (await readdir(rows).catch(() => [])).filter((name) => /^[\da-f]+\.sqlite$/.test(name));
  if (databases.length === 0) return 0;
  const store = await openStore(to, durable);
  try {
    let taken = 0;
    if (store.settings.get(DONE) !== bucketId) {
      for (const name of databases)
        taken += await takeAll(store, join(rows, name), join(from, bucketId, "blobs"));
      await store.commit(() => store.settings.put(DONE, bucketId));
    }
    await rm(join(from, bucketId), { recursive: true, force: true });
    await rm(rows, { recursive: true, force: true });
    return taken;
  } finally {
    await store.close();
  }
}

async function takeAll(store: Store, database: string, blobs: string): Promise<number> {
  let taken = 0;
  for (const object of readOldObjects(database)) {
    if (store.objects.find(object.key) !== undefined) continue;
    const file = store.files.create();
    try {
      await takeBytes(store, object, blobs, file);
      const { key, size, etag, metadata, modified } = object;
      await store.commit(() => store.objects.put(key, { file: file.name, size, etag, metadata, modified }));
      taken++;
    } finally {
      file.release();
    }
  }
  return taken;
}

/** Links or copies the one blob of an object, or joins the several that its parts are. */
async function takeBytes({ files }: Store, object: OldObject, blobs: string, file: HeldFile): Promise<void> {
  const paths = object.blobs.map(({ id }) => join(blobs, id));
  const [first, ...more] = paths;
  if (first !== undefined && more.length === 0) await linkOrCopy(first, file.path);
  const target = await files.openToWrite(file);
  try {
    if (more.length > 0) await joinParts(paths, object, target.handle);
    const { size } = await stat(file.path);
    if (size !== object.size)
      throw new Error(`An object of the old bucket has ${size} bytes of ${object.size}.`);
    await target.sync();
  } finally {
    await target.close();
  }
}

async function joinParts(paths: string[], object: OldObject, target: Parameters<typeof copyRange>[1]) {
  let end = 0;
  for (const [index, path] of paths.entries()) {
    const source = await open(path, "r");
    try {
      const size = object.blobs[index]?.size ?? 0;
      await copyRange(source, target, { offset: 0, size, target: end });
      end += size;
    } finally {
      await source.close();
    }
  }
}

/** A link where both are on one file system that has links, else a copy. */
async function linkOrCopy(from: string, to: string): Promise<void> {
  try {
    await link(from, to);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "EEXIST") throw error;
    await copyFile(from, to);
  }
}
