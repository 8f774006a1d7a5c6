import { inArray } from "drizzle-orm";
import { versions } from "../../../schema/releases.ts";
import { recordAudit } from "../../core/audit.ts";
import type { Ctx } from "../../core/context.ts";
import { AppError } from "../../core/errors.ts";
import { setVersionTexts, type VersionTexts } from "../../releases/change-version.ts";
import { publishRelease as publishUploads } from "../../uploads/publishing/release.ts";
import type { RolloutPlan } from "../../rollouts/schemas.ts";
import type { Upload } from "../../uploads/uploads.ts";
import type { PackageDraft } from "../draft-package.ts";
import { tellOfRelease } from "./package-events.ts";
import { describeRelease } from "./describe-release.ts";
import { findReleaseFaults } from "./release-faults.ts";
import { readReleaseFiles, versionId } from "./release-files.ts";
import { openRelease, releaseKey, type ReleaseName } from "./release-name.ts";

type Publication = VersionTexts & {
  /** Whether a file may lack what others of its format have. */
  allow_incomplete: boolean;
  /** How the version is given to devices; without it, what its packages say, else to all at once. */
  rollout?: RolloutPlan | undefined;
};

/**
 * Makes everything that waits for a release visible in one batch, so that nobody sees a part of it.
 * @returns the release after that
 * @throws AppError RELEASE_NOT_FOUND; RELEASE_EMPTY where nothing waits; RELEASE_UNFINISHED while uploads are not verified;
 *   RELEASE_INCOMPLETE where a file lacks what another has; ROLLOUT_LATE where packages of it are out for everybody, ROLLOUT_DIFFERS
 *   where it is rolled out in another way; or the refusal of one of its packages, such as PACKAGE_EXISTS.
 */
export async function publishRelease(
  ctx: Ctx,
  path: { software: string; version: string },
  publication: Publication,
) {
  const name = await openRelease(ctx, path);
  await publishUploads(
    ctx,
    releaseKey(name.slug, name.orderKey),
    (open) => checkWhole(ctx, name, open, publication),
    (q) => ({
      texts: setVersionTexts(q, inArray(versions.id, versionId(q, name)), publication),
      told: tellOfRelease(ctx, q, inArray(versions.id, versionId(q, name))),
      audit: recordAudit(ctx, q, { action: "release.publish", target: `${name.slug} ${name.version}` }),
    }),
  );
  return describeRelease(name, await readReleaseFiles(ctx, name));
}

/** The uploads of a release with its rollout, which each of its packages begins or repeats. */
function rolledOut(open: Upload[], rollout: RolloutPlan): Upload[] {
  if (!open.some(({ kind }) => kind === "package")) throw new AppError("ROLLOUT_LATE");
  return open.map((upload) =>
    upload.kind === "package" ? { ...upload, draft: { ...(upload.draft as PackageDraft), rollout } } : upload,
  );
}

async function checkWhole(
  ctx: Ctx,
  name: ReleaseName,
  open: Upload[],
  { allow_incomplete, rollout }: Publication,
): Promise<Upload[]> {
  const unfinished = open.filter((upload) => upload.state !== "held");
  const [first] = unfinished;
  if (first) throw new AppError("RELEASE_UNFINISHED", { count: unfinished.length, file: first.fileName });
  const files = { ...(await readReleaseFiles(ctx, name)), open };
  if (open.length === 0) throw new AppError(files.version ? "RELEASE_EMPTY" : "RELEASE_NOT_FOUND");
  const [fault] = allow_incomplete ? [] : findReleaseFaults(files);
  if (fault) throw new AppError("RELEASE_INCOMPLETE", fault);
  return rollout ? rolledOut(open, rollout) : open;
}
