import type { z } from "zod";
import { audited } from "../../core/audit.ts";
import type { Ctx } from "../../core/context.ts";
import { AppError } from "../../core/errors.ts";
import { readVersion } from "../../releases/read-version.ts";
import { changeHeld } from "../../uploads/publishing/release.ts";
import { findUpload } from "../../uploads/uploads.ts";
import { changesOfDraft, type draftChanges } from "../draft-package.ts";
import { describeRelease } from "./describe-release.ts";
import { readReleaseFiles } from "./release-files.ts";
import { openRelease, releaseKey } from "./release-name.ts";

/**
 * Changes what is said of a package that waits for its release; its bytes stay. Fields that are not given stay as they are.
 * @returns the release after that
 * @throws AppError UPLOAD_NOT_FOUND where no package of the release has this upload; UPLOAD_STATE_CONFLICT where it is not
 *   verified yet, or waits no more.
 */
export async function updateWaitingPackage(
  ctx: Ctx,
  path: { software: string; version: string; upload_id: string },
  fields: z.infer<typeof draftChanges>,
) {
  const name = await openRelease(ctx, path);
  const release = releaseKey(name.slug, name.orderKey);
  const upload = { id: path.upload_id, kind: "package", release };
  const changes = changesOfDraft(fields, readVersion("version", path.version));
  const detail = { upload_id: path.upload_id, fields: Object.keys(fields) };
  const { changed } = await ctx.deps.db.write((q) => {
    const change = changeHeld(q, upload, changes, ctx.deps.clock());
    const entry = { action: "release.update", target: `${name.slug} ${name.version}`, detail };
    return { changed: audited(ctx, q, change, entry) };
  });
  if (changed.change.length > 0) return describeRelease(name, await readReleaseFiles(ctx, name));
  const { kind, release: itsRelease, state } = await findUpload(ctx, path.upload_id);
  if (kind !== "package" || itsRelease !== release) throw new AppError("UPLOAD_NOT_FOUND");
  throw new AppError("UPLOAD_STATE_CONFLICT", { state, instead: "package.notHeld" });
}
