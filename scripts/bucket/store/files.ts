import { randomBytes } from "node:crypto";
import { readdir, unlink } from "node:fs/promises";
import { join } from "node:path";
import { writtenFiles } from "./written-files.ts";

/** A data file that is being written or read. It stays until it is released, whatever happens to its row. */
export type HeldFile = { name: string; path: string; release: () => void };
export type Files = ReturnType<typeof openFiles>;

type FilesOptions = {
  folder: string;
  durable: boolean;
  /** Whether a row names the file. */
  isUsed: (name: string) => boolean;
  /** Resolves once all rows are on the disk. */
  rowsSynced: () => Promise<void>;
};

const NAME = /^[\da-f]{2}\/[\da-f]{30}$/;

/** The folders that data files are in. */
export const DATA_FOLDERS: readonly string[] = Array.from({ length: 256 }, (_, index) =>
  index.toString(16).padStart(2, "0"),
);

/**
 * The data files: random names in 256 folders, never changed once a row names them. A file that no row names is deleted as
 * soon as nobody holds it, but not before the row that named it is gone from the disk.
 */
export function openFiles({ folder, durable, isUsed, rowsSynced }: FilesOptions) {
  const held = new Map<string, number>();
  /** Files whose last row may be gone; they are checked when they are released. */
  const doubtful = new Set<string>();
  const written = writtenFiles(folder, durable);
  const removals = new Set<Promise<void>>();

  async function remove(name: string): Promise<void> {
    if (isUsed(name)) return;
    await rowsSynced();
    if (held.has(name) || isUsed(name)) return;
    await unlink(join(folder, name)).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "ENOENT") throw error;
    });
  }

  function dropIfUnused(name: string): void {
    doubtful.add(name);
    if (held.has(name)) return;
    doubtful.delete(name);
    // What fails here is left to the next sweep.
    const removal = remove(name).catch(() => undefined);
    removals.add(removal);
    void removal.finally(() => removals.delete(removal));
  }

  function hold(name: string): HeldFile {
    held.set(name, (held.get(name) ?? 0) + 1);
    let released = false;
    const release = () => {
      if (released) return;
      released = true;
      const left = (held.get(name) ?? 1) - 1;
      if (left > 0) return void held.set(name, left);
      held.delete(name);
      if (doubtful.has(name)) dropIfUnused(name);
    };
    return { name, path: join(folder, name), release };
  }

  return {
    /** A name for a new file, held by the writer. The file is deleted when it is released, unless a row names it by then. */
    create(): HeldFile {
      const id = randomBytes(16).toString("hex");
      const file = hold(`${id.slice(0, 2)}/${id.slice(2)}`);
      doubtful.add(file.name);
      return file;
    },
    pathOf: (name: string) => join(folder, name),
    /** Holds a file that others may write or read as well. */
    hold,
    dropIfUnused,
    /** Opens a held file for writing; others may do so at the same time. */
    openToWrite: (file: HeldFile) => written.open(file),
    /** Deletes every file that neither a row names nor anybody holds. */
    async sweep(): Promise<void> {
      for (const sub of await readdir(folder).catch(() => [])) {
        for (const file of await readdir(join(folder, sub)).catch(() => [])) {
          const name = `${sub}/${file}`;
          if (NAME.test(name) && !held.has(name) && !isUsed(name)) dropIfUnused(name);
        }
        await Promise.all(removals);
      }
    },
    /** Resolves once every deletion that has begun is done, and no file is open. */
    async close(): Promise<void> {
      await Promise.all(removals);
      await written.close();
    },
  };
}
