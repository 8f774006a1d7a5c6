import { inArray, sql, type SQL } from "drizzle-orm";
import { blobs, uploads, usage } from "../../../schema/uploads.ts";
import { openStates } from "../uploads.ts";
import type { Query } from "../../core/database/database.ts";

/** Blobs whose references are counted in one statement. */
const BLOBS_AT_ONCE = 1_000;

/**
 * How often the rows of all kinds refer to a blob, counted by the kinds' own SELECTs of the blobs they refer to. Costs, for
 * each kind, a search in its index of blobs.
 */
function referencesTo(references: readonly SQL[]): SQL<number> {
  const all = sql.join([...references], sql` UNION ALL `);
  return sql<number>`(SELECT count(*) FROM (${all}) AS held WHERE held.id = ${blobs.id})`;
}

/** The ids of the next blobs after one of them: a walk along the primary key. */
const idsAfter = (after: number) =>
  sql`SELECT ${blobs.id} FROM ${blobs} WHERE ${blobs.id} > ${after} ORDER BY ${blobs.id} LIMIT ${BLOBS_AT_ONCE}`;

/** The last of the next blobs; NULL after the last blob of all. */
export const selectLastAfter = (q: Query, after: number) =>
  q.select({ last: sql<number | null>`max(id)` }).from(sql`(${idsAfter(after)})`);

/** Those of the next blobs whose reference count differs from the number of references. Costs the counts of 1,000 blobs. */
export function selectMiscounted(q: Query, after: number, references: readonly SQL[]) {
  const counted = referencesTo(references);
  return q
    .select({ id: blobs.id, refs: blobs.refs, counted })
    .from(blobs)
    .where(sql`${blobs.id} IN (${idsAfter(after)}) AND ${blobs.refs} <> ${counted}`);
}

/** Corrects the reference counts of these blobs; the statement counts once more. A blob without references is released. */
export function recountReferences(q: Query, ids: readonly number[], references: readonly SQL[], now: number) {
  const counted = referencesTo(references);
  const releasedAt = sql`CASE WHEN ${counted} = 0 THEN coalesce(${blobs.releasedAt}, ${now}) END`;
  return q
    .update(blobs)
    .set({ refs: counted, releasedAt })
    .where(inArray(blobs.id, [...ids]));
}

/**
 * What each running total should be: the sum over all blobs with references or, for the reserved bytes, over all uploads.
 */
const stored = sql`(SELECT coalesce(sum(${blobs.size}), 0) FROM ${blobs}
  WHERE ${blobs.category} = ${usage.category} AND ${blobs.refs} > 0)`;
const reserved = sql`(SELECT coalesce(sum(${uploads.reservedBytes}), 0) FROM ${uploads})`;
const total = sql<number>`CASE ${usage.category} WHEN 'reserved' THEN ${reserved} ELSE ${stored} END`;
const differs = sql`${usage.bytes} <> ${total}`;

/** The running totals that are wrong: reads all blobs once for each category, and all uploads. */
export const selectWrongTotals = (q: Query) =>
  q.select({ category: usage.category, bytes: usage.bytes, total }).from(usage).where(differs);

/** Corrects the running totals that are wrong, at the same cost. */
export const correctTotals = (q: Query) => q.update(usage).set({ bytes: total }).where(differs);

/**
 * Gives an object without a blob a row that garbage collection will find, unless the upload with this id is still open. Two
 * searches by key.
 */
export function insertOrphan(
  q: Query,
  { key, size, uploadId, now }: { key: string; size: number; uploadId: string; now: number },
) {
  const open = sql`SELECT 1 FROM ${uploads}
    WHERE ${uploads.id} = ${uploadId} AND ${uploads.state} IN ${openStates}`;
  return q.run(sql`INSERT INTO ${blobs}
      (object_key, category, size, sha256, sha1, sha512, md5, state, released_at, created_at)
    SELECT ${key}, '', ${size}, '', '', '', '', 'deleting', 0, ${now} WHERE NOT EXISTS (${open})
    ON CONFLICT (object_key) DO NOTHING`);
}
