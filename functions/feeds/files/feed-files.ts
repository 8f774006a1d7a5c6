import { and, eq, or } from "drizzle-orm";
import { companions, packages } from "../../../schema/packages.ts";
import { software } from "../../../schema/releases.ts";
import { blobs } from "../../../schema/uploads.ts";
import { mayRead, requireReader, type Credential } from "../../accounts/readers.ts";
import type { Ctx } from "../../core/context.ts";
import type { Query, Statement } from "../../core/database/database.ts";
import { createDownloadLinks, type ServedFile } from "../../downloads/links.ts";
import { AppError } from "../../core/errors.ts";
import { accessColumns, selectAccess, type SoftwareAccess } from "../../releases/access.ts";
import { whenReleasesChange } from "../../releases/changes.ts";
import { countDaily } from "../../rollouts/statistics/daily-counts.ts";
import { SERVED_TYPE } from "../../storage/storage.ts";

/** A file as a feed names it, with the credential of whoever asks for it. */
export type FeedPath = { software: string; fileName: string; credential: Credential };

type Digests = { sha1: string; sha512: string };
type OfPackage = Pick<typeof packages.$inferSelect, "orderKey" | "platform">;
export type FeedFileServed = ServedFile & SoftwareAccess & Digests & OfPackage;

const source = {
  keyOf: ({ software: name, fileName }: FeedPath) => `${name}/${fileName}`,
  mayShare: (ctx: Ctx, { credential }: FeedPath, file: FeedFileServed) => mayRead(ctx, file, credential),
};

/**
 * Packages and companions by the names of their software and file. A file can be downloaded for as long as it is stored,
 * even when it is yanked, because a client may have begun. Refuses an unknown file as PACKAGE_NOT_FOUND, and whoever may
 * not see the software as INVALID_API_KEY, whether the file exists or not.
 */
export const feedPackages = createDownloadLinks<FeedPath, FeedFileServed>({
  ...source,
  table: packages,
  find: (ctx, path) => find(ctx, path, selectPackage),
  began: (ctx, { slug, orderKey, platform }) =>
    countDaily(ctx, { slug, orderKey, platform, kind: "downloads" }),
});
export const feedCompanions = createDownloadLinks<FeedPath, FeedFileServed>({
  ...source,
  table: companions,
  find: (ctx, path) => find(ctx, path, selectCompanion),
});
whenReleasesChange(feedPackages.forget);
whenReleasesChange(feedCompanions.forget);

/** Whether a name is that of a companion. */
export const isCompanion = (fileName: string) => /\.(?:blockmap|zsync)$/i.test(fileName);

type Row = Omit<FeedFileServed, "contentType">;
type Select = (q: Query, path: FeedPath) => Statement & { readonly _: { readonly result: Row[] } };

async function find(ctx: Ctx, path: FeedPath, select: Select): Promise<FeedFileServed> {
  const { access, files } = await ctx.deps.db.readBatch((q) => ({
    access: selectAccess(q, path.software),
    files: select(q, path),
  }));
  for (const known of access) await requireReader(ctx, known, path.credential);
  const [file] = files;
  if (!file) throw new AppError("PACKAGE_NOT_FOUND");
  return { ...file, contentType: SERVED_TYPE };
}

const isNamed = ({ software: name }: FeedPath) => or(eq(software.slug, name), eq(software.akey, name));

const object = () => ({
  objectKey: blobs.objectKey,
  size: blobs.size,
  sha1: blobs.sha1,
  sha256: blobs.sha256,
  sha512: blobs.sha512,
  orderKey: packages.orderKey,
  platform: packages.platform,
  ...accessColumns(),
});

const selectPackage = (q: Query, path: FeedPath) =>
  q
    .select({ id: packages.id, fileName: packages.fileName, ...object() })
    .from(packages)
    .innerJoin(software, eq(software.id, packages.softwareId))
    .innerJoin(blobs, eq(blobs.id, packages.blobId))
    .where(and(eq(packages.fileName, path.fileName), isNamed(path)));

const selectCompanion = (q: Query, path: FeedPath) =>
  q
    .select({ id: companions.id, fileName: companions.fileName, ...object() })
    .from(companions)
    .innerJoin(packages, eq(packages.id, companions.packageId))
    .innerJoin(software, eq(software.id, packages.softwareId))
    .innerJoin(blobs, eq(blobs.id, companions.blobId))
    .where(and(eq(companions.fileName, path.fileName), isNamed(path)));
