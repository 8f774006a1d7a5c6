import type { Ctx } from "../../core/context.ts";
import { AppError } from "../../core/errors.ts";
import type { StagedUpload } from "../../uploads/publisher.ts";
import type { Parent } from "./parents.ts";

/** Longer than the header of any zsync file. Bytes. */
const HEAD_BYTES = 16 * 1024;

/**
 * Refuses a zsync file that was not made of its package: the lines of its header name the package's length and SHA-1
 * (http://zsync.moria.org.uk/paper200503, "control file").
 * @throws AppError INVALID_ZSYNC, COMPANION_MISMATCH.
 */
export async function checkZsync(_ctx: Ctx, upload: StagedUpload, parent: Parent): Promise<void> {
  const head = await upload.read(0, Math.min(HEAD_BYTES, upload.size) - 1);
  const text = Buffer.from(head).toString("latin1");
  const end = text.indexOf("\n\n");
  const lines = end === -1 ? [] : text.slice(0, end).split("\n");
  const fields = new Map(
    lines.map((line) => [line.split(":")[0]?.toLowerCase(), line.replace(/^[^:]*:\s*/, "")]),
  );
  if (!fields.has("zsync")) throw refusal(parent, "INVALID_ZSYNC");
  const length = Number(fields.get("length"));
  const sha1 = fields.get("sha-1")?.toLowerCase();
  const isOther = sha1 !== undefined && parent.sha1 !== "" && sha1 !== parent.sha1;
  if (length !== parent.size || isOther) throw refusal(parent, "COMPANION_MISMATCH");
}

const refusal = (parent: Parent, code: "INVALID_ZSYNC" | "COMPANION_MISMATCH") =>
  new AppError(code, { file: parent.fileName });
