import { and, gt, inArray, lte } from "drizzle-orm";
import { blobs, uploads } from "../../../schema/uploads.ts";
import type { Ctx } from "../../core/context.ts";
import type { ListedObject } from "../../storage/storage.ts";
import {
  correctTotals,
  insertOrphan,
  recountReferences,
  selectLastAfter,
  selectMiscounted,
  selectWrongTotals,
} from "./reconciliation.sql.ts";
import { allPublishers } from "../publishers.ts";
import { uploadIdOf } from "../publishing/objects.ts";
import { BLOB_GRACE_MS, UPLOAD_LIFETIME_MS } from "../policy.ts";

/** How many pages of 1,000 objects one run looks at; the next run goes on where this one stopped. */
const PAGES_PER_RUN = 20;

/** Sorts after every key that begins with `objects/`. */
const AFTER_ALL_OBJECTS = "objects0";

/**
 * Corrects the running totals and the blobs' reference counts where they differ from the rows that they stand for, and
 * reports it: a difference means a bug or a restored backup.
 * @param cursor the id of the blob that was counted last
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

/** The next blobs, in the order of their ids, whose reference count is wrong. `last` is null after the last blob. */
async function reconcileReferences(
  { deps: { db, log, clock } }: Ctx,
  after: number,
): Promise<{ last: number | null; corrected: number }> {
  const references = allPublishers().map((publisher) => publisher.references);
  const { counted, miscounted } = await db.readBatch((q) => ({
    counted: selectLastAfter(q, after),
    miscounted: selectMiscounted(q, after, references),
  }));
  for (const blob of miscounted) log.warn("reference count set right", blob);
  if (miscounted.length > 0) {
    const ids = miscounted.map((blob) => blob.id);
    await db.write((q) => ({ blobs: recountReferences(q, ids, references, clock()) }));
  }
  return { last: counted[0]?.last ?? null, corrected: miscounted.length };
}

/** @returns how many totals were wrong. */
async function reconcileUsage({ deps: { db, log } }: Ctx): Promise<number> {
  const wrong = await db.read(selectWrongTotals);
  for (const row of wrong) log.warn("running total set right", row);
  await db.write((q) => ({ totals: correctTotals(q) }));
  return wrong.length;
}

/**
 * Compares the bucket with the blobs, page by page in key order. Old objects without a row are handed to garbage collection.
 * Rows without an object are reported, because nothing can bring their bytes back.
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
      await handToGarbageCollection(ctx, object);
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

/** Hands an object without a row to garbage collection, unless the upload that its name holds is still open. */
async function handToGarbageCollection(ctx: Ctx, { key, size }: ListedObject): Promise<void> {
  const orphan = { key, size, uploadId: uploadIdOf(key) ?? "", now: ctx.deps.clock() };
  await ctx.deps.db.write((q) => ({ orphan: insertOrphan(q, orphan) }));
}

/** Deletes staged objects that belong to no open upload. A crash between two steps may leave some. */
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
