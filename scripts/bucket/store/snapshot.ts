import { rangeOf } from "./listing.ts";
import type { KeyedObject } from "./object-rows.ts";
import type { Store } from "./store.ts";
import type { PartRow, UploadRow } from "./upload-rows.ts";

export type Snapshot = {
  /** In order of their keys; `path` is where the bytes are. */
  objects: (KeyedObject & { path: string })[];
  /** Multipart uploads under way. */
  uploads: (UploadRow & { parts: PartRow[] })[];
};

/** What is stored at this moment. */
export function snapshot({ objects, uploads, files }: Store): Snapshot {
  const { start, end } = rangeOf("");
  const open = uploads.list("", "", start, end, -1);
  return {
    objects: objects.all().map((object) => Object.assign(object, { path: files.pathOf(object.file) })),
    uploads: open.map((row) => Object.assign(row, { parts: uploads.parts(row.id) })),
  };
}
