import { constants } from "node:fs";
import { mkdir, open, type FileHandle } from "node:fs/promises";
import { dirname, join } from "node:path";
import { sharedSync } from "./shared-sync.ts";

export type WrittenFile = {
  handle: FileHandle;
  /** Resolves once the bytes that were written are on the disk, under the file's name. */
  sync: () => Promise<void>;
  close: () => Promise<void>;
};

type Opened = { users: number; file: Promise<Omit<WrittenFile, "close">> };

/** Opens data files for writing; all who write to one file at a time share its handle and its syncs. */
export function writtenFiles(folder: string, durable: boolean) {
  const opened = new Map<string, Opened>();
  /** Kept open: every new file's folder is synced with it. */
  const folders = new Map<string, Promise<FileHandle>>();

  /** A failure to open is not remembered. */
  async function syncFolderOf(path: string): Promise<void> {
    const parent = dirname(path);
    const known = folders.get(parent) ?? open(parent, "r");
    folders.set(parent, known);
    known.catch(() => folders.delete(parent));
    await (await known).sync();
  }

  async function begin(path: string): Promise<Omit<WrittenFile, "close">> {
    if (!durable) await mkdir(dirname(path), { recursive: true });
    const handle = await open(path, constants.O_RDWR | constants.O_CREAT, 0o600);
    if (!durable) return { handle, sync: () => Promise.resolve() };
    const syncData = sharedSync(() => handle.datasync());
    let placed: Promise<void> | undefined;
    return {
      handle,
      sync: async () => {
        await syncData();
        await (placed ??= syncFolderOf(path));
      },
    };
  }

  return {
    /** Lets go of the folders. */
    async close(): Promise<void> {
      for (const handle of await Promise.allSettled(folders.values())) {
        if (handle.status === "fulfilled") await handle.value.close();
      }
    },
    async open({ name }: { name: string }): Promise<WrittenFile> {
      const known: Opened = opened.get(name) ?? { users: 0, file: begin(join(folder, name)) };
      opened.set(name, known);
      known.users++;
      const leave = () => {
        known.users--;
        if (known.users === 0) opened.delete(name);
        return known.users === 0;
      };
      try {
        const file = await known.file;
        return {
          ...file,
          close: async () => {
            if (leave()) await file.handle.close();
          },
        };
      } catch (error) {
        leave();
        throw error;
      }
    },
  };
}

/** Resolves once a loss of power leaves what is in the folder where it is. */
export async function syncFolder(path: string): Promise<void> {
  const handle = await open(path, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
