import { open } from "node:fs/promises";
import type { HeldFile } from "./files.ts";
import type { Store } from "./store.ts";
import type { PartRow, UploadRow } from "./upload-rows.ts";
import { copyRange } from "./writer.ts";

/**
 * Makes one file of an upload's parts, which are given in their order; the upload must be sealed. Parts that are in the main
 * file at their right place stay there; the others are copied into it. Where that would overwrite a part that is still
 * needed, because part numbers were left out, all parts are copied into a new file.
 * @returns the file, held, with everything on the disk
 */
export async function joinParts(
  { files, uploads }: Store,
  upload: UploadRow,
  parts: PartRow[],
): Promise<HeldFile> {
  const placed = place(parts);
  const whole =
    upload.file !== null && fitsMain(placed, uploads.parts(upload.id), upload.file)
      ? files.hold(upload.file)
      : files.create();
  const moved = placed.filter(({ part }) => part.file !== whole.name);
  try {
    const target = await files.openToWrite(whole);
    try {
      for (const { part, target: at } of moved) {
        const source = await open(files.pathOf(part.file), "r");
        try {
          await copyRange(source, target.handle, { offset: part.offset, size: part.size, target: at });
        } finally {
          await source.close();
        }
      }
      await target.sync();
    } finally {
      await target.close();
    }
    return whole;
  } catch (error) {
    whole.release();
    throw error;
  }
}

/** Cuts off what the main file has beyond the object: parts that were not chosen, or incomplete ones. */
export async function trim({ files }: Store, file: HeldFile, size: number): Promise<void> {
  const target = await files.openToWrite(file);
  try {
    const { size: present } = await target.handle.stat();
    if (present > size) await target.handle.truncate(size);
  } finally {
    await target.close();
  }
}

type Placed = { part: PartRow; target: number };

/**
 * Until the object's row is written, acknowledged parts must stay as they are, because the upload may still be completed in
 * another way.
 */
function fitsMain(placed: Placed[], all: PartRow[], main: string): boolean {
  const last = placed.at(-1);
  const size = last ? last.target + last.part.size : 0;
  const targets = new Map(placed.map(({ part, target }) => [part.number, target]));
  return all.every(({ number, file, offset }) => {
    return file !== main || (targets.has(number) ? targets.get(number) === offset : offset >= size);
  });
}

function place(parts: PartRow[]): Placed[] {
  let end = 0;
  return parts.map((part) => {
    const target = end;
    end += part.size;
    return { part, target };
  });
}
