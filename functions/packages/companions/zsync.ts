import type { Ctx } from "../../core/context.ts";
import { AppError } from "../../core/errors.ts";
import { readZsyncHead, ZSYNC_HEAD_BYTES } from "../../kit/zsync.ts";
import type { StagedUpload } from "../../uploads/publisher.ts";
import type { Parent } from "./parents.ts";

/**
 * Refuses a zsync file that was not made of its package: the lines of its header name the package's length and SHA-1.
 * @throws AppError INVALID_ZSYNC, COMPANION_MISMATCH.
 */
export async function checkZsync(_ctx: Ctx, upload: StagedUpload, parent: Parent): Promise<void> {
  const head = readZsyncHead(await upload.read(0, Math.min(ZSYNC_HEAD_BYTES, upload.size) - 1));
  if (!head) throw refusal(parent, "INVALID_ZSYNC");
  const fields = new Map(
    head.lines.map((line) => [line.split(":")[0]?.toLowerCase(), line.replace(/^[^:]*:\s*/, "")]),
  );
  const length = Number(fields.get("length"));
  const sha1 = fields.get("sha-1")?.toLowerCase();
  const isOther = sha1 !== undefined && parent.sha1 !== "" && sha1 !== parent.sha1;
  if (length !== parent.size || isOther) throw refusal(parent, "COMPANION_MISMATCH");
}

const refusal = (parent: Parent, code: "INVALID_ZSYNC" | "COMPANION_MISMATCH") =>
  new AppError(code, { file: parent.fileName });
