import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { declaredConstraints } from "../../../functions/core/database/refusals.ts";
import { surfaces } from "../../../functions/surfaces.ts";
import { startTestDatabase, type TestDatabase } from "../../support/domain/database.ts";

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let server: TestDatabase;
let real: Set<string>;
beforeAll(async () => {
  server = await startTestDatabase();
  real = new Set([...(await columnsAndKeys()), ...(await indexesOfExpressions()), ...(await ownNames())]);
  real.add("foreign_key");
});
afterAll(() => server.stop());

test("constraints are known by the names that SQLite refuses with", () => {
  for (const name of [
    "users.role",
    "users.username_key",
    "uploads.owner, uploads.idempotency_key",
    "task_runs.task_id, task_runs.attempt",
    "balances_covered",
    "foreign_key",
  ]) {
    expect(real).toContain(name);
  }
  for (const name of ["users.last_login_at", "users.nickname", "uploads.idempotency_key", "balances"]) {
    expect(real).not.toContain(name);
  }
});

test("every constraint that a module gives a meaning to is one of the database", () => {
  expect(surfaces.length).toBeGreaterThan(0);
  const declared = declaredConstraints();
  expect(declared).not.toEqual([]);
  expect(declared.filter((constraint) => !real.has(constraint))).toEqual([]);
});

test("so is every one that a kind of upload gives a meaning to", () => {
  const declared = surfaces
    .flatMap(({ publishers }) => Object.values(publishers ?? {}))
    .flatMap(({ refusals }) => Object.keys(refusals));
  expect(declared).not.toEqual([]);
  expect(declared.filter((constraint) => !real.has(constraint))).toEqual([]);
});

/** NOT NULL is named by its column, UNIQUE and PRIMARY KEY by the list of theirs. */
async function columnsAndKeys(): Promise<string[]> {
  return names(`
    WITH tables AS (SELECT name FROM sqlite_master WHERE type = 'table')
    SELECT tables.name || '.' || columns.name AS name
    FROM tables, pragma_table_info(tables.name) AS columns WHERE columns."notnull"
    UNION
    SELECT min(tables.name || '.' || columns.name) FROM tables, pragma_table_info(tables.name) AS columns
    WHERE columns.pk > 0 GROUP BY tables.name HAVING count(*) = 1
    UNION
    SELECT group_concat(part, ', ') FROM (
      SELECT indexes.name AS of, tables.name || '.' || columns.name AS part
      FROM tables, pragma_index_list(tables.name) AS indexes, pragma_index_info(indexes.name) AS columns
      WHERE indexes."unique" ORDER BY indexes.name, columns.seqno
    ) GROUP BY of HAVING count(part) = count(*)`);
}

/** Such a UNIQUE index has no columns to be named by, and is named itself. */
async function indexesOfExpressions(): Promise<string[]> {
  return names(`
    SELECT DISTINCT indexes.name FROM sqlite_master AS tables, pragma_index_list(tables.name) AS indexes,
      pragma_index_info(indexes.name) AS columns
    WHERE tables.type = 'table' AND indexes."unique" AND columns.name IS NULL`);
}

/** CHECKs have names of their own, which only the table's text knows. */
async function ownNames(): Promise<string[]> {
  const tables = await names(
    "SELECT sql AS name FROM sqlite_master WHERE type = 'table' AND sql IS NOT NULL",
  );
  return tables.flatMap((sql) =>
    Array.from(sql.matchAll(/CONSTRAINT ["`](\w+)["`] CHECK/g), ([, name]) => String(name)),
  );
}

async function names(query: string): Promise<string[]> {
  return (await server.rows<{ name: string }>(query)).map(({ name }) => name);
}
