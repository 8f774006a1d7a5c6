import type { Store } from "./store.ts";

/** An upload to which no part has come for this long is given up, as R2 does. */
const UPLOAD_LIFE_MS = 7 * 24 * 3600 * 1000;

/** Ends uploads that nobody continues, and deletes files that no row names. */
export async function sweep(store: Store, now: number): Promise<void> {
  for (const id of store.uploads.untouched(now - UPLOAD_LIFE_MS)) {
    if (!store.open.isBusy(id)) await deleteUpload(store, id);
  }
  await store.files.sweep();
}

/** Forgets an upload and its parts. */
export async function deleteUpload(store: Store, id: string): Promise<void> {
  await store.commit((drop) => {
    drop(store.uploads.find(id)?.file ?? undefined);
    for (const { file } of store.uploads.parts(id)) drop(file);
    store.uploads.delete(id);
  });
  store.hashes.forget(id);
}
