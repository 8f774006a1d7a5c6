import { eq, sql } from "drizzle-orm";
import { taskInputs, taskInputUses } from "../../../schema/compute/files.ts";
import { blobs } from "../../../schema/uploads.ts";
import { absoluteUrl, type Ctx } from "../../core/context.ts";
import { AppError } from "../../core/errors.ts";
import { requirePlainName } from "../../core/file-name.ts";
import { SERVED_TYPE } from "../../storage/storage.ts";

/** Long enough to fetch a large file over a slow line; shorter than unreferenced objects are kept. */
const URL_SECONDS = 6 * 3600;

/** What file systems allow, and short enough to be part of an object's name. */
const MAX_NAME_BYTES = 255;

/** @throws AppError INVALID_FILE_NAME for what is no plain file name, or too long for agents' file systems. */
export function requireFileName(fileName: string): void {
  requirePlainName(fileName);
  const fits = fileName.isWellFormed() && new TextEncoder().encode(fileName).length <= MAX_NAME_BYTES;
  if (!fits) throw new AppError("INVALID_FILE_NAME");
}

/** A file as an agent or a user fetches it. `size` in bytes, `sha256` in hex, `url` a signed GET. */
export type SignedFile = { file_name: string; size: number; sha256: string; url: string };

/** The signed GET of an object, under its own name; relative where the bucket is this server's own. */
export const signFile = (
  ctx: Pick<Ctx, "deps">,
  { objectKey, fileName }: { objectKey: string; fileName: string },
) => ctx.deps.storage.signGet(objectKey, { expiresIn: URL_SECONDS, fileName, contentType: SERVED_TYPE });

/** The inputs of tasks, for their agents; a task without inputs has an empty list. One round trip, none without tasks. */
export async function signInputsOf(
  ctx: Pick<Ctx, "deps" | "origin">,
  taskIds: readonly string[],
): Promise<Map<string, SignedFile[]>> {
  const files = new Map<string, SignedFile[]>(taskIds.map((id) => [id, []]));
  if (taskIds.length === 0) return files;
  const rows = await ctx.deps.db.read((q) =>
    q
      .select({
        taskId: taskInputUses.taskId,
        fileName: taskInputs.fileName,
        size: taskInputs.size,
        sha256: blobs.sha256,
        objectKey: blobs.objectKey,
      })
      .from(taskInputUses)
      .innerJoin(taskInputs, eq(taskInputs.id, taskInputUses.inputId))
      .innerJoin(blobs, eq(blobs.id, taskInputs.blobId))
      .where(sql`${taskInputUses.taskId} IN (SELECT value FROM json_each(${JSON.stringify(taskIds)}))`)
      .orderBy(taskInputUses.taskId, taskInputUses.inputId),
  );
  for (const row of rows) {
    const file = {
      file_name: row.fileName,
      size: row.size,
      sha256: row.sha256,
      url: absoluteUrl(ctx, await signFile(ctx, row)),
    };
    files.get(row.taskId)?.push(file);
  }
  return files;
}
