import { eq, sql, type SQL } from "drizzle-orm";
import { packages } from "../../schema/packages.ts";
import { authenticateKey, requireScope } from "../accounts/api-keys/api-keys.ts";
import { actorName, type Actor, type Ctx } from "../core/context.ts";
import type { Query, Statement } from "../core/database/database.ts";
import { refusals } from "../core/database/refusals.ts";
import { AppError } from "../core/errors.ts";
import type { Publisher, VerifiedUpload } from "../uploads/publisher.ts";
import { identify } from "../releases/access.ts";
import { releasesChanged } from "../releases/changes.ts";
import { ensureSoftware } from "../releases/software.ts";
import { releaseKey } from "./releases/release-name.ts";
import { upsertVersion } from "../releases/versions.ts";
import { makeRoom } from "./storage/clean-up-storage.ts";
import {
  beginRollout,
  publicationRefusals,
  requireBeginning,
  type Publication,
} from "../rollouts/begin-rollout.ts";
import type { RolloutPlan } from "../rollouts/schemas.ts";
import { draftPackage, packageFields, readPackageFields, type PackageDraft } from "./draft-package.ts";
import { tellOfPackages } from "./releases/package-events.ts";
import { packageExtension } from "./package-extensions.ts";
import {
  descriptionOfVersion,
  findPackageAtPlace,
  findPlace,
  softwareId,
  versionId,
} from "./package-places.ts";
import { describeUploadedPackage, findUploadedPackage, selectUploadedPackage } from "./uploaded-packages.ts";

/** The kind of upload for packages of software versions. */
export const packagePublisher: Publisher = {
  maxBytes: (ctx) => ctx.deps.config.MAX_PACKAGE_BYTES,
  uploadsPerHour: (ctx) => ctx.deps.config.UPLOADS_PER_HOUR,
  takenCode: "PACKAGE_EXISTS",
  description: {
    fields: packageFields,
    credential: "An API key with the scope `packages:write`, or an administrator's token.",
    admissionErrors: [
      "INVALID_VERSION",
      "INVALID_FILE_NAME",
      "UNSUPPORTED_FILE_TYPE",
      "INVALID_API_KEY",
      "INSUFFICIENT_SCOPE",
      "ROLLOUT_DIFFERS",
      "ROLLOUT_LATE",
    ],
  },
  command: "slipway publish",
  digests: ["sha256", "sha1", "sha512"],
  findAtPlace: (ctx, draft, sha256) => findPackageAtPlace(ctx, draft as PackageDraft, sha256),

  async admit(ctx, fields, file) {
    const actor = await publishingActor(ctx, fields);
    requireScope(actor, "packages:write");
    const described = draftPackage(readPackageFields(fields, ctx.locale));
    const extension = packageExtension(ctx.deps.config, file.fileName);
    const draft: PackageDraft = { ...described, format: extension.slice(1).toLowerCase() };
    const { slug, id } = await identify(ctx, draft.software);
    draft.software = slug;
    if (id !== undefined) draft.softwareId = id;
    requireScope(actor, "packages:write", draft.software);
    if (draft.rollout) await requireBeginning(ctx, rolledOut(draft, draft.rollout));
    return {
      owner: actorName(actor),
      category: draft.type,
      draft,
      ...(draft.isHeld && { release: releaseKey(draft.software, draft.orderKey) }),
      ...(await findPlace(ctx, draft, extension, file.sha256)),
    };
  },

  makeRoom,

  publish(query, upload, now) {
    const draft = upload.draft as PackageDraft;
    return {
      software: draft.softwareId === undefined ? ensureSoftware(query, draft.software, now) : undefined,
      version: upsertVersion(query, softwareId(draft), { ...draft, isStable: isStable(draft) }, now),
      package: insertPackage(query, upload, draft, now),
      rollout:
        draft.rollout &&
        beginRollout(query, { ...rolledOut(draft, draft.rollout), owner: upload.owner }, now),
    };
  },

  tell: (ctx, query, uploadId, now) =>
    tellOfPackages(ctx, query, "package.published", eq(packages.uploadId, uploadId), now),

  refusals: refusals({
    "versions.software_id": "SOFTWARE_DELETED",
    "packages.version_id, packages.platform, packages.arch, packages.format": "PACKAGE_EXISTS",
    "packages.version_id, packages.platform, packages.arch, packages.from_version, packages.format":
      "PACKAGE_EXISTS",
    "packages.file_name": "PACKAGE_EXISTS",
    "packages.upload_id": "ended",
    blobs_refs: "later",
    ...publicationRefusals,
  }),

  references: sql`SELECT ${packages.blobId} AS id FROM ${packages}`,

  published: releasesChanged,

  result: (ctx, uploadId) => findUploadedPackage(ctx, uploadId),
  resultInBatch: {
    select: selectUploadedPackage,
    read: (ctx, rows) => describeUploadedPackage(ctx, rows as Parameters<typeof describeUploadedPackage>[1]),
  },
};

/** An API key in the request's headers is used rather than one among the form's fields. */
async function publishingActor(ctx: Ctx, fields: unknown): Promise<Actor> {
  if (ctx.actor.type !== "nobody") return ctx.actor;
  const key = (fields as { api_key?: unknown } | null)?.api_key;
  if (typeof key !== "string" || key === "") throw new AppError("INVALID_API_KEY");
  return authenticateKey(ctx.deps, key);
}

/**
 * The channel of the package: the one that was named; else that of the version's other packages for the same platform and
 * arch, so that a patch does not bring an unstable version to stable clients; else the one that follows from the version.
 */
const channelOfPackage = (draft: PackageDraft): SQL<string> =>
  draft.channelGiven
    ? sql`${draft.channel}`
    : sql`coalesce((SELECT ${packages.channel} FROM ${packages} WHERE ${packages.versionId} = ${versionId(draft)}
        AND ${packages.platform} = ${draft.platform} AND ${packages.arch} = ${draft.arch}
        ORDER BY ${packages.id} DESC LIMIT 1), ${draft.channel})`;

const rolledOut = (draft: PackageDraft, plan: RolloutPlan): Publication => ({
  versionId: versionId(draft),
  channel: channelOfPackage(draft),
  plan,
  target: `${draft.software} ${draft.version}`,
});

const isStable = (draft: PackageDraft): SQL<boolean> => sql`${channelOfPackage(draft)} = 'stable'`;

function insertPackage(query: Query, upload: VerifiedUpload, draft: PackageDraft, now: number): Statement {
  return query.insert(packages).values({
    softwareId: softwareId(draft),
    versionId: versionId(draft),
    type: draft.type,
    platform: draft.platform,
    arch: draft.arch,
    fromVersion: draft.fromVersion,
    orderKey: draft.orderKey,
    channel: channelOfPackage(draft),
    isCritical: draft.isCritical ?? false,
    description: sql`nullif(${draft.description}, ${descriptionOfVersion(draft)})`,
    format: draft.format ?? "",
    fileName: upload.fileName,
    blobId: upload.blobId,
    size: upload.size,
    ...draft.updater,
    uploadId: upload.fence,
    createdAt: now,
  });
}
