import { and, asc, eq, inArray, sql, type SQL } from "drizzle-orm";
import { packages } from "../../schema/packages.ts";
import { software, versions } from "../../schema/releases.ts";
import { blobs, uploads } from "../../schema/uploads.ts";
import { limitsOf, notItsSoftware } from "../accounts/api-keys/api-keys.ts";
import type { Actor, Ctx } from "../core/context.ts";
import { AppError } from "../core/errors.ts";
import type { PublishedFile } from "../uploads/publisher.ts";
import { softwareById, softwareBySlug } from "../releases/software.ts";
import type { PackageDraft } from "./draft-package.ts";
import { packageFileName } from "../releases/package-names.ts";

/** How many seconds ahead a free name is searched for. More hotfixes of one version within a minute are a mistake. */
const HOTFIX_NAMES = 60;

const hotfixNames = sql`SELECT ${packages.fileName} AS name FROM ${packages} WHERE ${packages.type} = 'hotfix'
  UNION SELECT ${uploads.fileName} FROM ${uploads}
  WHERE ${uploads.category} = 'hotfix' AND ${uploads.state} IN ('pending', 'verifying')`;

/** The id of a draft's software; NULL where it is not there, or was deleted since the upload began. */
export const softwareId = ({ software: slug, softwareId: id }: PackageDraft) =>
  id === undefined ? softwareBySlug(slug) : softwareById(id);
export const versionId = (draft: PackageDraft) =>
  sql<string>`(SELECT ${versions.id} FROM ${versions}
    WHERE ${versions.softwareId} = ${softwareId(draft)} AND ${versions.orderKey} = ${draft.orderKey})`;

export const descriptionOfVersion = (draft: PackageDraft) =>
  sql<string>`(SELECT ${versions.description} FROM ${versions} WHERE ${versions.id} = ${versionId(draft)})`;

/** The file name of the package with this id; NULL where there is none that the actor may change. */
export const fileNameOf = (actor: Actor, id: number): SQL =>
  sql`(SELECT ${packages.fileName} FROM ${packages} WHERE ${ownPackage(actor, id)})`;

/** The condition for the package with this id, which is never true where the actor is limited to other software. */
export function ownPackage(actor: Actor, id: number): SQL | undefined {
  const limits = limitsOf(actor);
  const inLimits =
    limits &&
    sql`${packages.softwareId} IN (SELECT ${software.id} FROM ${software} WHERE ${inArray(software.slug, [...limits])})`;
  return and(eq(packages.id, id), inLimits);
}

/** The reason why the actor may not change the package with this id: it belongs to other software, or it does not exist. */
export async function whyNotOwn({ actor, deps }: Ctx, id: number): Promise<AppError> {
  if (limitsOf(actor) === undefined) return new AppError("PACKAGE_NOT_FOUND");
  const found = await deps.db.read((q) =>
    q.select({ id: packages.id }).from(packages).where(eq(packages.id, id)),
  );
  return found.length > 0 ? notItsSoftware(actor) : new AppError("PACKAGE_NOT_FOUND");
}

/**
 * A package's file name, and the condition under which that name is taken. A hotfix, of which several may come in one
 * second, gets the next free second, unless the same bytes are published as a hotfix already.
 * @throws AppError PACKAGE_EXISTS where no second is free.
 */
export async function findPlace(
  ctx: Ctx,
  draft: PackageDraft,
  extension: string,
  sha256: string | null | undefined,
): Promise<{ fileName: string; taken: SQL; hasFurtherPlaces?: boolean }> {
  const now = ctx.deps.clock();
  if (draft.type !== "hotfix") {
    return { fileName: packageFileName(draft, extension, now), taken: isTaken(draft) };
  }
  const names = Array.from({ length: HOTFIX_NAMES }, (_, second) =>
    packageFileName(draft, extension, now + second * 1000),
  );
  const rows = await ctx.deps.db.read((q) =>
    q.all<{ name: string }>(sql`SELECT name FROM (${hotfixNames}) WHERE name IN ${names}`),
  );
  const used = new Set(rows.map((row) => row.name));
  const fileName = names.find((name) => !used.has(name));
  if (fileName === undefined) throw new AppError("PACKAGE_EXISTS");
  const same = sql`EXISTS (SELECT 1 FROM ${packages} JOIN ${blobs} ON ${blobs.id} = ${packages.blobId}
    WHERE ${atPlace(draft)} AND ${blobs.sha256} = ${sha256 ?? ""})`;
  const taken = sql`${same} OR ${fileName} IN (SELECT name FROM (${hotfixNames}))`;
  return { fileName, taken, hasFurtherPlaces: true };
}

/**
 * The package that is published at a draft's place. A version may have many hotfixes; of these, the first with this
 * SHA-256.
 */
export async function findPackageAtPlace(
  ctx: Ctx,
  draft: PackageDraft,
  sha256: string | undefined,
): Promise<PublishedFile | null> {
  const isHotfix = draft.type === "hotfix";
  const [there] = await ctx.deps.db.read((q) =>
    q
      .select({ uploadId: packages.uploadId, sha256: blobs.sha256, size: blobs.size })
      .from(packages)
      .innerJoin(blobs, eq(blobs.id, packages.blobId))
      .where(and(atPlace(draft), isHotfix ? eq(blobs.sha256, sha256 ?? "") : undefined))
      .orderBy(asc(packages.id))
      .limit(1),
  );
  return there ?? null;
}

const isTaken = (draft: PackageDraft) => sql`EXISTS (SELECT 1 FROM ${packages} WHERE ${atPlace(draft)})`;

const atPlace = (draft: PackageDraft) =>
  and(
    eq(packages.versionId, versionId(draft)),
    eq(packages.platform, draft.platform),
    eq(packages.arch, draft.arch),
    eq(packages.type, draft.type),
    sql`${packages.fromVersion} IS ${draft.fromVersion}`,
    eq(packages.format, draft.format ?? ""),
  );
