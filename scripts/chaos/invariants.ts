import type { Stack } from "../stack/stack.ts";
import type { Aftermath } from "./aftermath.ts";
import { checkDownload } from "./readers.ts";
import { ask } from "./request.ts";
import { count, violation } from "./world.ts";
import type { PublishingWorld, World } from "./world.ts";

const PAGE = 1000;
const ATTEMPTS = 3;

/**
 * Checks that every acknowledged publication is listed once and has its bytes, and that nothing is listed that nobody
 * published.
 */
export async function checkPublications(world: PublishingWorld): Promise<void> {
  const listed = await listVersions(world);
  for (const publication of world.publications) {
    const { version, state } = publication;
    const times = listed.filter((one) => one === version).length;
    if (times > 1) violation(world, `${version} is listed ${times} times`);
    if (times === 0 && (state === "published" || state === "accepted")) {
      violation(world, `${version} was ${state} and is not listed`);
    }
    if (times === 0 || publication.downloadUrl === undefined) continue;
    let whole = false;
    for (let attempt = 0; attempt < ATTEMPTS && !whole; attempt++) {
      whole = await checkDownload(world, publication);
    }
    if (!whole) violation(world, `${version} cannot be downloaded`);
    else count(world, "acknowledged publications verified at the end");
  }
  const known = new Set(world.publications.map((one) => one.version));
  for (const version of listed.filter((one) => !known.has(one))) {
    violation(world, `${version} is listed and nobody published it`);
  }
}

async function listVersions(world: World): Promise<string[]> {
  const versions: string[] = [];
  for (let offset = 0; ; offset += PAGE) {
    const answer = await ask(`${world.url}/api/v1/packages?limit=${PAGE}&offset=${offset}`);
    if (answer?.status !== 200) throw new Error(`the list answers ${answer?.status}`);
    const page = answer.body as unknown as { version: string }[];
    versions.push(...page.map((one) => one.version));
    if (page.length < PAGE) return versions;
  }
}

type Total = { category: string; bytes: number; counted: number };

/**
 * Checks that the running totals, in the database and in the API, equal the sums of the rows, and that no version has two
 * rows or two audit entries.
 */
export async function checkTotals(world: World, stack: Stack, behind: Aftermath): Promise<void> {
  const totals = await behind.query<Total>(
    `SELECT category, bytes, CASE category
        WHEN 'reserved' THEN (SELECT coalesce(sum(reserved_bytes), 0) FROM uploads)
        ELSE (SELECT coalesce(sum(size), 0) FROM blobs WHERE blobs.category = usage.category AND refs > 0) END AS counted
      FROM usage`,
  );
  for (const { category, bytes, counted } of totals) {
    if (bytes !== counted) violation(world, `the total of ${category} is ${bytes}, the rows say ${counted}`);
  }
  const stored = totals.reduce((sum, { counted }) => sum + counted, 0);
  const told = await ask(`${stack.url}/api/v1/storage/stats`);
  const used = (told?.body.stats as { used_size?: number } | undefined)?.used_size;
  if (used !== stored) violation(world, `storage statistics tell ${used} bytes, the rows say ${stored}`);

  await none(world, behind, "references counted wrong", [
    "SELECT id, refs FROM blobs WHERE refs <> (SELECT count(*) FROM packages WHERE blob_id = blobs.id)",
  ]);
  await none(world, behind, "published twice", [
    "SELECT version_id, platform, arch FROM packages WHERE type = 'full' GROUP BY 1, 2, 3 HAVING count(*) > 1",
    "SELECT target FROM audit WHERE action = 'package.publish' GROUP BY target HAVING count(*) > 1",
  ]);
}

/**
 * Checks that the bucket holds exactly the objects that rows name, and that no upload is open. Only true once all deadlines
 * have passed.
 */
export async function checkLeftovers(world: World, behind: Aftermath): Promise<void> {
  await none(world, behind, "uploads still open", [
    "SELECT id, state FROM uploads WHERE state IN ('pending', 'verifying')",
  ]);
  const rows = await behind.query<{ object_key: string }>("SELECT object_key FROM blobs");
  const named = new Set(rows.map((row) => row.object_key));
  const present = new Set(await behind.keys("objects/"));
  for (const key of present) if (!named.has(key)) violation(world, `object without a row: ${key}`);
  for (const key of named) if (!present.has(key)) violation(world, `row without an object: ${key}`);
  for (const key of await behind.keys("staging/")) violation(world, `staged bytes left: ${key}`);
  count(world, "bucket compared with the database");
}

export async function none(world: World, behind: Aftermath, what: string, queries: string[]): Promise<void> {
  for (const sql of queries) {
    const rows = await behind.query<unknown>(sql);
    if (rows.length > 0) violation(world, `${what}: ${JSON.stringify(rows.slice(0, 5))}`);
  }
}
