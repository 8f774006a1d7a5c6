import { createHash } from "node:crypto";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { readJson, stateFolder, writeJson } from "./files.ts";

const UploadState = z.object({
  server: z.string(),
  file: z.string(),
  /** What the file was when the upload was begun, as far as that can be seen without reading it. */
  mark: z.string(),
  /** Once the file is hashed. */
  sha256: z.string().optional(),
  idempotency_key: z.string(),
  upload_id: z.string(),
  upload_token: z.string(),
  part_size: z.number().positive(),
  part_count: z.int().positive(),
  method: z.enum(["single", "multipart"]),
  /** ETags of the finished parts by number. */
  etags: z.record(z.string(), z.string()),
});
export type UploadState = z.infer<typeof UploadState>;

/** The record of an unfinished upload, on disk while it is worth resuming. */
export type UploadRecord = {
  load(): Promise<UploadState | undefined>;
  save(state: UploadState): Promise<void>;
  remove(): Promise<void>;
};

/**
 * The record of publishing one file as one package to one server. The file's content is no part of the name:
 * that is how a changed file is noticed.
 */
export function uploadRecord(
  env: NodeJS.ProcessEnv,
  server: string,
  file: string,
  fields: unknown,
): UploadRecord {
  const name = createHash("sha256")
    .update(JSON.stringify([server, file, fields]))
    .digest("hex")
    .slice(0, 32);
  const path = join(stateFolder(env), "uploads", `${name}.json`);
  let writing: Promise<void> = Promise.resolve();
  return {
    async load() {
      return UploadState.safeParse(await readJson(path)).data;
    },
    save(state) {
      const content = structuredClone(state);
      writing = writing.then(() => writeJson(path, content));
      return writing;
    },
    async remove() {
      await writing.catch(() => undefined);
      await rm(path, { force: true });
    },
  };
}
