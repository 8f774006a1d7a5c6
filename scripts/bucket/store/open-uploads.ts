import { refusals } from "../http/refusal.ts";
import type { Files } from "./files.ts";
import type { UploadRow, UploadRows } from "./upload-rows.ts";
import type { Slot } from "./writer.ts";

/** Where a part is to be written. It must be released when the part was written, or failed. */
export type Claim = Slot & { release: () => void };

type Open = { claims: Set<Claim & { number: number }>; sealed: boolean };

/**
 * Hands out places for the parts of uploads. All parts but the last have one size, so the first part that comes says where
 * the others belong in the object: they are written there, and completing the upload copies nothing. No place is given
 * twice: while somebody writes to it, or while a row says that an acknowledged part is in it, the same part goes to a file
 * of its own. A part that is larger than the first one (which then was the object's last part) begins a new file for all
 * that follow.
 */
export function openUploads(files: Files, rows: UploadRows) {
  const uploads = new Map<string, Open>();

  function stateOf(id: string): Open {
    const state = uploads.get(id) ?? { claims: new Set(), sealed: false };
    uploads.set(id, state);
    return state;
  }

  function forgetIfIdle(id: string): void {
    const state = uploads.get(id);
    if (state && state.claims.size === 0 && !state.sealed) uploads.delete(id);
  }

  return {
    /** A place for `size` bytes of the part. This is synchronous, so that no two parts ever get the same place. */
    claim({ id, file, part_bytes }: UploadRow, number: number, size: number): Claim {
      const state = stateOf(id);
      if (state.sealed) throw refusals.noSuchUpload();
      const grows = file === null || size > part_bytes;
      const main = grows ? files.create() : files.hold(file);
      if (grows) rows.setMain(id, main.name, size);
      const partBytes = grows ? size : part_bytes;
      const taken =
        rows.part(id, number)?.file === main.name ||
        [...state.claims].some((other) => other.number === number && other.file.name === main.name);
      const target = taken ? files.create() : main;
      if (taken) main.release();
      const claim = {
        number,
        file: target,
        offset: taken ? 0 : (number - 1) * partBytes,
        cancelled: false,
        writing: Promise.resolve(),
        release() {
          state.claims.delete(claim);
          target.release();
          forgetIfIdle(id);
        },
      };
      state.claims.add(claim);
      return claim;
    },
    isSealed: (id: string) => uploads.get(id)?.sealed ?? false,
    /** Whether somebody is writing a part of it. */
    isBusy: (id: string) => uploads.has(id),
    /** From now on no part is accepted or acknowledged. Once this resolves, no part is being written. */
    async seal(id: string): Promise<void> {
      const state = stateOf(id);
      if (state.sealed) throw refusals.noSuchUpload();
      state.sealed = true;
      for (const claim of state.claims) claim.cancelled = true;
      await Promise.allSettled([...state.claims].map(({ writing }) => writing));
    },
    unseal(id: string): void {
      const state = uploads.get(id);
      if (state) state.sealed = false;
      forgetIfIdle(id);
    },
  };
}
