import { mkdirSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { openDatabase } from "./database.ts";
import { DATA_FOLDERS, openFiles } from "./files.ts";
import { objectRows } from "./object-rows.ts";
import { openUploads } from "./open-uploads.ts";
import { runningHashes } from "./running-hashes.ts";
import { uploadRows } from "./upload-rows.ts";
import { syncFolder } from "./written-files.ts";

export type Store = Awaited<ReturnType<typeof openStore>>;

/** Where the data files of a bucket's folder are. */
const objectsFolder = (folder: string): string => join(folder, "objects");

/** Everything that a bucket stores: rows in one SQLite file, bytes in files of their own. */
export async function openStore(folder: string, durable: boolean) {
  const objects = objectsFolder(folder);
  await mkdir(objects, { recursive: true, mode: 0o700 });
  // All folders are made now, so that one sync covers them and no later file has to wait for its folder. Where nothing is
  // synced, each comes with its first file.
  if (durable) for (const name of DATA_FOLDERS) mkdirSync(join(objects, name), { recursive: true });
  const db = await openDatabase(join(folder, "bucket.sqlite"), durable);
  if (durable) for (const path of [objects, folder, dirname(folder)]) await syncFolder(path);
  const uses = db.prepare(
    `SELECT EXISTS (SELECT 1 FROM objects WHERE file = :file) OR EXISTS (SELECT 1 FROM uploads WHERE file = :file)
      OR EXISTS (SELECT 1 FROM parts WHERE file = :file) AS used`,
  );
  const files = openFiles({
    folder: objects,
    durable,
    isUsed: (name) => (uses.get({ file: name }) as { used: number }).used === 1,
    rowsSynced: db.synced,
  });
  const getSetting = db.prepare("SELECT value FROM settings WHERE name = ?");
  const putSetting = db.prepare("INSERT OR REPLACE INTO settings (name, value) VALUES (?, ?)");
  const uploads = uploadRows(db);
  const hashes = runningHashes(files, uploads);

  return {
    files,
    objects: objectRows(db),
    uploads,
    open: openUploads(files, uploads),
    hashes,
    settings: {
      get: (name: string) => (getSetting.get(name) as { value: string } | undefined)?.value,
      put: (name: string, value: string) => void putSetting.run(name, value),
    },
    /**
     * Changes rows, all or none. Resolves once the change would survive a loss of power. `drop` is a file that loses a row
     * by the change: it is then deleted, unless another row names it.
     */
    async commit<T>(change: (drop: (file: string | undefined) => void) => T): Promise<T> {
      const dropped: string[] = [];
      const result = db.transaction(() => change((file) => file !== undefined && dropped.push(file)));
      try {
        await db.synced();
      } finally {
        for (const file of dropped) files.dropIfUnused(file);
      }
      return result;
    },
    async close() {
      await hashes.close();
      await files.close();
      await db.close();
    },
  };
}
