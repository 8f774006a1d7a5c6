import { expect, test } from "vitest";
import { declaredConstraints } from "../../../functions/core/database/refusals.ts";
// Loads every module that declares what a constraint means.
import "../../../functions/surfaces.ts";
import { useDomain } from "../../support/domain.ts";

const openDomain = useDomain();

test("every constraint that is given a meaning is one of the database", async () => {
  const domain = await openDomain();
  const rows = await domain.rows<{ name: string }>(`
    SELECT t.name || '.' || c.name AS name FROM sqlite_master AS t, pragma_table_info(t.name) AS c
      WHERE t.type = 'table' AND (c."notnull" OR c.pk)
    UNION SELECT (SELECT group_concat(t.name || '.' || i.name, ', ') FROM pragma_index_info(x.name) AS i)
      FROM sqlite_master AS t, pragma_index_list(t.name) AS x WHERE t.type = 'table' AND x."unique"`);
  const definitions = await domain.rows<{ sql: string }>(
    "SELECT sql FROM sqlite_master WHERE type = 'table'",
  );
  const checks = definitions.flatMap(({ sql }) =>
    Array.from(sql.matchAll(/CONSTRAINT ["`](\w+)["`] CHECK/gi), ([, name]) => name),
  );
  // Of foreign keys SQLite names none.
  const real = new Set(["foreign_key", ...rows.map((row) => row.name), ...checks]);
  const declared = declaredConstraints();
  expect(declared).toEqual(expect.arrayContaining(["uploads.owner, uploads.idempotency_key", "blobs_refs"]));
  expect(declared.filter((name) => !real.has(name))).toEqual([]);
});
