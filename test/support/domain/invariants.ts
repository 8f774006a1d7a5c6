import { expect } from "vitest";
import type { Domain } from "../domain.ts";
import { sha256 } from "./packages.ts";

type Totals = { category: string; bytes: number; recomputed: number };

/** Running totals and reference counts equal what the rows add up to. */
export async function expectTotalsRight(domain: Domain): Promise<void> {
  const totals = await domain.rows<Totals>(
    `SELECT category, bytes, CASE category WHEN 'reserved' THEN (SELECT coalesce(sum(reserved_bytes), 0) FROM uploads)
       ELSE (SELECT coalesce(sum(size), 0) FROM packages WHERE type = category) END AS recomputed FROM usage`,
  );
  expect(Object.fromEntries(totals.map((row) => [row.category, row.bytes]))).toEqual(
    Object.fromEntries(totals.map((row) => [row.category, row.recomputed])),
  );
  const wrongRefs = await domain.rows(
    "SELECT object_key, refs FROM blobs WHERE refs <> (SELECT count(*) FROM packages WHERE blob_id = blobs.id)",
  );
  expect(wrongRefs).toEqual([]);
}

/** Every published package has its bytes in the bucket, whole. */
export async function expectPackagesServed(domain: Domain): Promise<void> {
  const objects = domain.fake.objects();
  const published = await domain.rows<{ object_key: string; sha256: string }>(
    "SELECT object_key, sha256 FROM packages JOIN blobs ON blobs.id = blob_id",
  );
  for (const row of published) {
    const object = objects.get(row.object_key);
    expect(object && sha256(object.body), row.object_key).toBe(row.sha256);
  }
}

/** What holds once all crons have had their time: nothing staged, reserved or open, and the bucket is what the rows say. */
export async function expectAllInOrder(domain: Domain): Promise<void> {
  await expectTotalsRight(domain);
  await expectPackagesServed(domain);
  const rows = await domain.rows<{ object_key: string }>("SELECT object_key FROM blobs ORDER BY object_key");
  expect([...domain.fake.objects().keys()].toSorted()).toEqual(rows.map((row) => row.object_key));
  expect(await domain.rows("SELECT id FROM blobs WHERE refs = 0 OR state <> 'live'")).toEqual([]);
  expect(await domain.rows("SELECT id, state FROM uploads WHERE ended_at IS NULL")).toEqual([]);
  expect(await domain.rows("SELECT id FROM uploads WHERE reserved_bytes <> 0")).toEqual([]);
  // One whose answer was lost is known to nobody and holds nothing; stores forget it by themselves.
  const open = [...domain.fake.uploads().values()].filter((upload) => upload.parts.length > 0);
  expect(open).toEqual([]);
}
