import { blake2b } from "@noble/hashes/blake2.js";
import { z } from "zod";
import type { Ctx } from "../../core/context.ts";
import { AppError } from "../../core/errors.ts";
import type { StagedUpload } from "../../uploads/publisher.ts";
import type { Parent } from "./parents.ts";

/** A block map has some 30 bytes for each block of about 32 KiB, so this suffices for a package of 16 GiB. */
export const MAX_BLOCKMAP_BYTES = 16 * 1024 * 1024;
/** The longest JSON text of a block map. Decompression stops there. */
const MAX_JSON_BYTES = 4 * MAX_BLOCKMAP_BYTES;
/** The largest block that is accepted; electron-builder makes none larger. Bytes. */
const MAX_BLOCK_BYTES = 8 * 1024 * 1024;
/** The length of a block's BLAKE2b hash. Bytes. */
const CHECKSUM_BYTES = 18;

/** The format of electron-builder's block maps: gzip of this JSON. */
const blockmap = z.object({
  files: z
    .array(
      z.object({
        offset: z.int().min(0),
        checksums: z.array(z.string()).min(1),
        sizes: z.array(z.int().min(1).max(MAX_BLOCK_BYTES)).min(1),
      }),
    )
    .length(1),
});

/**
 * Refuses a block map that was not made of its package: the sizes of its blocks must add up to the package's size, and the
 * hashes of its first and last block must match the package's bytes.
 * @throws AppError INVALID_BLOCKMAP, COMPANION_MISMATCH.
 */
export async function checkBlockmap(ctx: Ctx, upload: StagedUpload, parent: Parent): Promise<void> {
  const [file] = await readBlockmap(await upload.read(0, upload.size - 1), parent);
  if (!file || file.sizes.length !== file.checksums.length) throw refusal(parent, "INVALID_BLOCKMAP");
  const { offset, sizes, checksums } = file;
  const total = sizes.reduce((sum, size) => sum + size, offset);
  if (total !== parent.size) throw refusal(parent, "COMPANION_MISMATCH");
  const last = sizes.at(-1) ?? 0;
  const ends = [
    { start: offset, size: sizes[0] ?? 0, checksum: checksums[0] },
    { start: total - last, size: last, checksum: checksums.at(-1) },
  ];
  for (const { start, size, checksum } of ends) {
    const bytes = await readParent(ctx, parent, start, size);
    const found = Buffer.from(blake2b(bytes, { dkLen: CHECKSUM_BYTES })).toString("base64");
    if (found !== checksum) throw refusal(parent, "COMPANION_MISMATCH");
  }
}

async function readBlockmap(bytes: Uint8Array, parent: Parent) {
  try {
    const json: unknown = JSON.parse((await inflated(bytes)).toString("utf8"));
    return blockmap.parse(json).files;
  } catch {
    throw refusal(parent, "INVALID_BLOCKMAP");
  }
}

function inflated(bytes: Uint8Array): Promise<Buffer> {
  const stream = new Blob([new Uint8Array(bytes)]).stream().pipeThrough(new DecompressionStream("gzip"));
  return collected(stream, MAX_JSON_BYTES);
}

async function collected(stream: ReadableStream<Uint8Array>, most: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream) {
    size += chunk.length;
    if (size > most) throw new RangeError("too long");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

async function readParent(ctx: Ctx, { objectKey }: Parent, start: number, size: number): Promise<Uint8Array> {
  const object = await ctx.deps.storage.get(objectKey, { range: { start, end: start + size - 1 } });
  if (!object) throw new AppError("PACKAGE_NOT_FOUND");
  return collected(object.body, size);
}

const refusal = (parent: Parent, code: "INVALID_BLOCKMAP" | "COMPANION_MISMATCH") =>
  new AppError(code, { file: parent.fileName });
