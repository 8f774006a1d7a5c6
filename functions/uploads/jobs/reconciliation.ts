import { and, gt, inArray, lte, sql } from "drizzle-orm";
import { blobs, uploads, usage } from "../../../schema/uploads.ts";
import type { Ctx } from "../../core/context.ts";
import type { ListedObject } from "../../storage/storage.ts";
import { allPublishers } from "../publishers.ts";
import { uploadIdOf } from "../objects.ts";
import { BLOB_GRACE_MS, UPLOAD_LIFETIME_MS } from "../policy.ts";

/** Blobs whose references are counted in one statement. */
const BLOBS_AT_ONCE = 1_000;

/** Pages of 1,000 objects looked at in one run; the next run goes on where this one stopped. */
const PAGES_PER_RUN = 20;

/** Sorts behind every key that begins with `objects/`. */
const AFTER_ALL_OBJECTS = "objects0";

/**
 * Sets the running totals and the blobs' reference counts right where they differ from the rows they stand for, and
 * says so: a difference is a bug or a restored backup.
 * @param cursor the id of the blob counted last
 * @returns where to go on, or null at the end
 */
export async function reconcileTotals(ctx: Ctx, cursor: string | null): Promise<string | null> {
  let after = Number(cursor ?? 0);
  let references = 0;
  while (ctx.mayGoOn()) {
    const { last, corrected } = await reconcileReferences(ctx, after);
    references += corrected;
    if (last === null) {
      const totals = await reconcileUsage(ctx);
      ctx.deps.log.info("totals reconciled", { references, totals });
      return null;
    }
    after = last;
  }
  return String(after);
}

/** The reference counts of the next blobs in the order of their ids; `last` is null behind the last of them. */
async function reconcileReferences(
  { deps: { db, log, clock } }: Ctx,
  after: number,
): Promise<{ last: number | null; corrected: number }> {
  const references = sql.join(
    allPublishers().map((publisher) => publisher.references),
    sql` UNION ALL `,
  );
  const counted = sql<number>`(SELECT count(*) FROM (${references}) AS held WHERE held.id = blobs.id)`;
  const slice = sql`SELECT id FROM blobs WHERE id > ${after} ORDER BY id LIMIT ${BLOBS_AT_ONCE}`;
  const [[looked], wrong] = await db.read((q) =>
    q.batch([
      q.select({ last: sql<number | null>`max(id)` }).from(sql`(${slice})`),
      q
        .select({ id: blobs.id, refs: blobs.refs, counted })
        .from(blobs)
        .where(sql`${blobs.id} IN (${slice}) AND ${blobs.refs} <> ${counted}`),
    ]),
  );
  for (const blob of wrong) log.warn("reference count set right", blob);
  if (wrong.length > 0) {
    const ids = wrong.map((blob) => blob.id);
    const releasedAt = sql`CASE WHEN ${counted} = 0 THEN coalesce(${blobs.releasedAt}, ${clock()}) END`;
    await db.write((q) => [q.update(blobs).set({ refs: counted, releasedAt }).where(inArray(blobs.id, ids))]);
  }
  return { last: looked?.last ?? null, corrected: wrong.length };
}

/** @returns how many totals were wrong. */
async function reconcileUsage({ deps: { db, log } }: Ctx): Promise<number> {
  const stored = sql<number>`(SELECT coalesce(sum(size), 0) FROM blobs WHERE blobs.category = usage.category AND refs > 0)`;
  const reserved = sql<number>`(SELECT coalesce(sum(reserved_bytes), 0) FROM uploads)`;
  const total = sql<number>`CASE usage.category WHEN 'reserved' THEN ${reserved} ELSE ${stored} END`;
  const differs = sql`${usage.bytes} <> ${total}`;
  const wrong = await db.read((q) =>
    q.select({ category: usage.category, bytes: usage.bytes, total }).from(usage).where(differs),
  );
  for (const row of wrong) log.warn("running total set right", row);
  await db.write((q) => [q.update(usage).set({ bytes: total }).where(differs)]);
  return wrong.length;
}

/**
 * Compares the bucket with the blobs, page by page in key order. Old objects without a row are handed to garbage
 * collection;
 * rows without an object are reported, for nothing can bring the bytes back.
 * @param cursor the last key that an earlier run has seen
 * @returns where to go on, or null at the end
 */
export async function reconcileObjects(ctx: Ctx, cursor: string | null): Promise<string | null> {
  const { db, storage, log, clock } = ctx.deps;
  let [seen, missing, orphaned] = [0, 0, 0];
  let last = cursor ?? "";
  for (let pages = 0; pages < PAGES_PER_RUN && ctx.mayGoOn(); pages++) {
    const { objects, next } = await storage.list("objects/", last || undefined);
    const end = next ?? AFTER_ALL_OBJECTS;
    const rows = await db.read((q) =>
      q
        .select({ key: blobs.objectKey, refs: blobs.refs })
        .from(blobs)
        .where(and(gt(blobs.objectKey, last), lte(blobs.objectKey, end))),
    );
    const known = new Set(rows.map((row) => row.key));
    const present = new Set(objects.map((object) => object.key));
    for (const row of rows) {
      if (present.has(row.key) || row.refs === 0 || (await storage.head(row.key))) continue;
      missing++;
      log.error("object missing from the bucket", { object: row.key });
    }
    for (const object of objects) {
      if (known.has(object.key) || object.lastModified.getTime() > clock() - BLOB_GRACE_MS) continue;
      orphaned++;
      await adoptOrphan(ctx, object);
    }
    seen += objects.length;
    last = end;
    if (next === undefined) {
      log.info("objects reconciled", { seen, missing, orphaned });
      return null;
    }
  }
  log.info("objects reconciled so far", { seen, missing, orphaned });
  return last;
}

/** Gives an object without a row one that garbage collection takes, unless the upload that it is named by is still open. */
async function adoptOrphan(ctx: Ctx, { key, size }: ListedObject): Promise<void> {
  const id = uploadIdOf(key) ?? "";
  const now = ctx.deps.clock();
  const open = sql`SELECT 1 FROM uploads WHERE id = ${id} AND state IN ('pending', 'verifying')`;
  await ctx.deps.db.write((q) => [
    q.run(sql`INSERT INTO ${blobs}
        (object_key, category, size, sha256, sha1, sha512, md5, state, released_at, created_at)
      SELECT ${key}, '', ${size}, '', '', '', '', 'deleting', 0, ${now} WHERE NOT EXISTS (${open})
      ON CONFLICT (object_key) DO NOTHING`),
  ]);
}

/** Deletes staged objects that belong to no open upload, left by a crash between two steps. */
export async function sweepOrphanedStaging(ctx: Ctx): Promise<void> {
  const { db, storage, clock, log } = ctx.deps;
  const { objects } = await storage.list("staging/");
  const old = objects.filter((object) => object.lastModified.getTime() < clock() - 2 * UPLOAD_LIFETIME_MS);
  if (old.length === 0) return;
  const ids = old.map((object) => object.key.slice("staging/".length));
  const open = await db.read((q) =>
    q
      .select({ id: uploads.id })
      .from(uploads)
      .where(and(inArray(uploads.id, ids), inArray(uploads.state, ["pending", "verifying"]))),
  );
  const kept = new Set(open.map((upload) => `staging/${upload.id}`));
  const orphans = old.filter((object) => !kept.has(object.key));
  for (const object of orphans) await storage.delete(object.key);
  log.info("staging swept", { deleted: orphans.length });
}
